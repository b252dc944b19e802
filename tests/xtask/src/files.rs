//! Files and folders, with what was being done in every error.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// Reads a whole text file.
pub fn read(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(Problem::io(format!("reading {}", path.display())))
}

/// Writes a whole file and makes the folders it lies in.
pub fn write(path: &Path, text: &str) -> Result<(), Problem> {
    make_parent(path)?;
    std::fs::write(path, text).map_err(Problem::io(format!("writing {}", path.display())))
}

/// Writes a script that can be started.
pub fn write_script(path: &Path, text: &str) -> Result<(), Problem> {
    write(path, text)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let may_run = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(path, may_run).map_err(Problem::io(format!("writing {}", path.display())))?;
    }
    Ok(())
}

/// Copies a file and makes the folders it comes to lie in.
pub fn copy(from: &Path, to: &Path) -> Result<(), Problem> {
    make_parent(to)?;
    let copied = std::fs::copy(from, to);
    copied
        .map(drop)
        .map_err(Problem::io(format!("copying {} to {}", from.display(), to.display())))
}

/// Copies every file below a folder.
pub fn copy_below(from: &Path, to: &Path) -> Result<(), Problem> {
    for entry in entries(from)? {
        let beside = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() {
            copy_below(&entry, &beside)?;
        } else {
            copy(&entry, &beside)?;
        }
    }
    Ok(())
}

/// Makes a folder and those it lies in.
pub fn make(folder: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(folder).map_err(Problem::io(format!("making {}", folder.display())))
}

/// Removes a file, or a folder with all that is in it. One that is not there is removed already.
pub fn forget(path: &Path) -> Result<(), Problem> {
    let removed = match path.is_dir() {
        true => std::fs::remove_dir_all(path),
        false => std::fs::remove_file(path),
    };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Problem::io(format!("removing {}", path.display()))(error))
        }
        _ => Ok(()),
    }
}

/// What lies in a folder, by name.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let reading = || format!("reading {}", folder.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Problem::io(reading()))? {
        paths.push(entry.map_err(Problem::io(reading()))?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Every file below a folder, by name; folders of these names are passed by.
pub fn below(folder: &Path, passed_by: &[&str]) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    for entry in entries(folder)? {
        if entry.is_file() {
            files.push(entry);
        } else if entry.is_dir() && !entry.is_symlink() && !passed_by.iter().any(|name| entry.ends_with(name)) {
            files.extend(below(&entry, passed_by)?);
        }
    }
    Ok(files)
}

/// How many bytes a file has.
pub fn bytes(file: &Path) -> Result<u64, Problem> {
    let about = std::fs::metadata(file).map_err(Problem::io(format!("reading {}", file.display())))?;
    Ok(about.len())
}

fn make_parent(path: &Path) -> Result<(), Problem> {
    path.parent().map_or(Ok(()), make)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_copied_and_listed_without_what_is_passed_by() {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join("from");
        write(&from.join("b/deep.txt"), "deep").unwrap();
        write(&from.join("a.txt"), "a").unwrap();
        write(&from.join("skip/no.txt"), "no").unwrap();
        let to = folder.path().join("to");
        copy_below(&from, &to).unwrap();
        assert_eq!(
            below(&to, &["skip"]).unwrap(),
            [to.join("a.txt"), to.join("b/deep.txt")]
        );
        assert_eq!(read(&to.join("skip/no.txt")).unwrap(), "no");
    }

    #[test]
    fn what_is_forgotten_is_gone_and_may_be_forgotten_again() {
        let folder = tempfile::tempdir().unwrap();
        let (file, inner) = (folder.path().join("file"), folder.path().join("inner"));
        write(&file, "").unwrap();
        write(&inner.join("file"), "").unwrap();
        for path in [&file, &inner, &file, &inner] {
            forget(path).unwrap();
            assert!(!path.exists());
        }
    }
}
