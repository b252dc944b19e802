//! A state folder that cannot be had: in use, read-only, from a newer version. A typed error, and nothing is touched.

use crate::both::Store;
use crate::support::{CARE, PLAN, Phone, Said, World, contents};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

#[cfg(unix)]
both_stores!(a_folder_in_use_is_said_to_be_and_the_one_who_has_it_goes_on);
#[cfg(unix)]
fn a_folder_in_use_is_said_to_be_and_the_one_who_has_it_goes_on(store: Store) {
    let phone = Phone::alone().at(store);
    phone.care(&["--json", "subscribe", PLAN]).ended(0);
    let mut owner = phone
        .command(&["--json", "status", "--watch"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(owner.stdout.take().unwrap()).lines();
    let first: serde_json::Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(first["subscriptions"][0]["plan"], PLAN);
    for arguments in [
        &["--json", "status"][..],
        &["--json", "subscribe", PLAN],
        &["--json", "sign-in", "ben"],
    ] {
        let error = phone.care(arguments).ended(4).error();
        assert_eq!(
            (&error["error"], &error["money"]),
            (&"folder_in_use".into(), &"not_charged".into()),
            "{arguments:?}"
        );
    }
    // Clock and cameras of the world move beside it, and the watch shows what changed.
    phone.care(&["sandbox", "camera", "offline", "cam_porch"]).ended(0);
    let offline = lines.map(Result::unwrap).any(|line| {
        let snapshot: serde_json::Value = serde_json::from_str(&line).unwrap();
        snapshot["cameras"][0]["online"] == false
    });
    assert!(offline);
    // Ctrl-C ends it well, and the folder is free.
    assert!(interrupted(owner).success());
    assert_eq!(phone.status()["account"], "acc_anna");
}

#[cfg(unix)]
fn interrupted(mut process: std::process::Child) -> std::process::ExitStatus {
    use rustix::process::{Pid, Signal, kill_process};
    kill_process(Pid::from_child(&process), Signal::INT).unwrap();
    process.wait().unwrap()
}

both_stores!(a_folder_from_a_newer_version_is_left_as_it_is);
fn a_folder_from_a_newer_version_is_left_as_it_is(store: Store) {
    let world = World::up(41);
    for file in ["journal.db", "state.db"] {
        let phone = Phone::of(&world, &format!("newer-{file}")).at(store);
        phone.care(&["sign-in", "anna"]).ended(0);
        let path = phone.core_folder().join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        // SQLite keeps `user_version` in bytes 60 to 63 of its header.
        bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
        std::fs::write(&path, bytes).unwrap();
        let before = contents(&phone.state);
        for arguments in [&["--json", "status"][..], &["--json", "subscribe", PLAN]] {
            let error = phone.care(arguments).ended(1).error();
            assert_eq!(error["error"], "folder_from_newer_version", "{file}");
            assert_eq!(error["user_action"], "update_app", "{file}");
        }
        assert!(before == contents(&phone.state), "{file}: something was touched");
    }
}

#[cfg(unix)]
both_stores!(a_read_only_folder_is_said_to_be_and_left_as_it_is);
#[cfg(unix)]
fn a_read_only_folder_is_said_to_be_and_left_as_it_is(store: Store) {
    use std::os::unix::fs::PermissionsExt;
    let world = World::up(42);
    for (phone, name) in [
        (Phone::of(&world, "readonly").at(store), "elsewhere"),
        (Phone::alone().at(store), "embedded"),
    ] {
        phone.care(&["sign-in", "anna"]).ended(0);
        let before = contents(&phone.state);
        set_modes(&phone.state, 0o555, 0o444);
        let said = as_nobody(&phone, &["--json", "status"]);
        let after = contents(&phone.state);
        set_modes(&phone.state, 0o755, 0o644);
        let error = said.ended(1).error();
        assert_eq!(
            (&error["error"], &error["money"]),
            (&"folder_read_only".into(), &"not_charged".into()),
            "{name}"
        );
        assert!(before == after, "{name}: something was touched");
    }

    fn set_modes(folder: &Path, of_folders: u32, of_files: u32) {
        let mode = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                set_modes(&path, of_folders, of_files)
            } else {
                mode(&path, of_files)
            }
        }
        mode(folder, of_folders);
    }
}

/// As a user whom file modes bind: root reads and writes whatever they say.
#[cfg(unix)]
fn as_nobody(phone: &Phone<'_>, arguments: &[&str]) -> Said {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let probe = phone.core_folder().join("probe");
    if std::fs::write(&probe, "").is_err() {
        return phone.care(arguments);
    }
    // This is root: the binary goes where anybody may run it.
    std::fs::remove_file(probe).unwrap();
    let place = tempfile::Builder::new().prefix("care-nobody-").tempdir().unwrap();
    let binary = place.path().join("care");
    std::fs::copy(CARE, &binary).unwrap();
    let open = |path: &Path| std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
    open(place.path());
    open(phone.state.parent().unwrap());
    let known = phone.command(arguments);
    let trust = place.path().join("trust.json");
    let mut command = Command::new(&binary);
    for argument in known.get_args() {
        // The world's trust file lies in a folder of its owner's.
        if argument.to_string_lossy().ends_with("trust.json") {
            std::fs::copy(argument, &trust).unwrap();
            command.arg(&trust);
        } else {
            command.arg(argument);
        }
    }
    Said::of(&command.uid(65534).gid(65534).output().unwrap())
}
