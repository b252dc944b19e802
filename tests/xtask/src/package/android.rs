//! The libraries an Android app carries, one for each ABI, built with the NDK; and the Kotlin side generated from them.

use std::path::{Path, PathBuf};

use super::targets;
use crate::boundary::Boundary;
use crate::problem::Problem;
use crate::shipped;
use crate::workspace::Workspace;

/// The lowest Android the app runs on: the NDK's compilers carry it in their names.
const MIN_SDK: u32 = 26;
const LIBRARY: &str = "libtapo_care_ffi.so";
const LACKING: &str = "ANDROID_NDK_HOME is not set to an NDK: install NDK r28 or newer (`sdkmanager \"ndk;28.2.13676358\"`, \
    or Android Studio's SDK manager, SDK Tools, NDK) and set ANDROID_NDK_HOME to its folder";

/// What one ABI is called by Android, by Rust and by the NDK's clang.
struct Abi {
    android: &'static str,
    rust: &'static str,
    clang: &'static str,
}

const ABIS: [Abi; 3] = [
    Abi {
        android: "arm64-v8a",
        rust: "aarch64-linux-android",
        clang: "aarch64-linux-android",
    },
    Abi {
        android: "armeabi-v7a",
        rust: "armv7-linux-androideabi",
        clang: "armv7a-linux-androideabi",
    },
    Abi {
        android: "x86_64",
        rust: "x86_64-linux-android",
        clang: "x86_64-linux-android",
    },
];

/// Builds `jniLibs` and the Kotlin side.
pub fn package(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let home = std::env::var_os("ANDROID_NDK_HOME").map(PathBuf::from);
    let tools = home
        .as_deref()
        .and_then(tools)
        .ok_or_else(|| Problem::Usage(LACKING.to_owned()))?;
    targets::need(&ABIS.map(|abi| abi.rust))?;
    let folder = shipped::package_folder(workspace, "android")?;
    let mut first = None;
    for abi in &ABIS {
        let built = shipped::build_for(workspace, abi.rust, "cdylib", &environment(&tools, abi))?.join(LIBRARY);
        let to = folder.join("jniLibs").join(abi.android).join(LIBRARY);
        shipped::strip(&tools.join("llvm-strip"), &built, &to)?;
        first.get_or_insert(built);
    }
    if let Some(library) = first {
        Boundary::build(workspace)?.bindings(&library, "kotlin", &folder.join("kotlin"))?;
    }
    Ok(folder)
}

/// The folder of the NDK's programs, if this is an NDK.
fn tools(home: &Path) -> Option<PathBuf> {
    let hosts = std::fs::read_dir(home.join("toolchains").join("llvm").join("prebuilt")).ok()?;
    hosts
        .filter_map(|host| Some(host.ok()?.path().join("bin")))
        .find(|bin| bin.join("llvm-ar").exists() || bin.join("llvm-ar.exe").exists())
}

/// Which compiler, archiver and linker cargo and the build scripts take for an ABI.
fn environment(tools: &Path, abi: &Abi) -> Vec<(String, PathBuf)> {
    let clang = tools.join(format!("{}{MIN_SDK}-clang", abi.clang));
    let mut environment = targets::c_tools(abi.rust, &clang, &tools.join("llvm-ar"));
    let named = abi.rust.replace('-', "_").to_uppercase();
    environment.push((format!("CARGO_TARGET_{named}_LINKER"), clang));
    environment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_the_compilers_is_no_ndk() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(tools(folder.path()), None);
        let bin = folder.path().join("toolchains/llvm/prebuilt/linux-x86_64/bin");
        std::fs::create_dir_all(&bin).unwrap();
        assert_eq!(tools(folder.path()), None);
        std::fs::write(bin.join("llvm-ar"), "").unwrap();
        assert_eq!(tools(folder.path()), Some(bin));
    }

    #[test]
    fn each_abi_is_compiled_and_linked_by_its_own_clang() {
        let names: Vec<(String, PathBuf)> = environment(Path::new("bin"), &ABIS[1]);
        let clang = PathBuf::from("bin/armv7a-linux-androideabi26-clang");
        assert_eq!(
            names,
            [
                ("CC_armv7_linux_androideabi".to_owned(), clang.clone()),
                ("AR_armv7_linux_androideabi".to_owned(), PathBuf::from("bin/llvm-ar")),
                ("CARGO_TARGET_ARMV7_LINUX_ANDROIDEABI_LINKER".to_owned(), clang),
            ]
        );
    }

    #[test]
    fn without_an_ndk_a_person_reads_what_to_install_and_the_code_is_2() {
        assert_eq!(Problem::Usage(LACKING.to_owned()).exit_code(), 2);
        assert!(LACKING.contains("sdkmanager"));
    }
}
