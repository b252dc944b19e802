//! The sandbox as a process of its own, and what it is built from.
use care_sandbox::TrustFile;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Up {
    child: Child,
    trust: TrustFile,
}

fn up(arguments: &[&str]) -> Up {
    let mut child = Command::new(env!("CARGO_BIN_EXE_care-sandbox"))
        .arg("up")
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let announced: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(announced["pid"], child.id());
    Up {
        child,
        trust: serde_json::from_value(announced).unwrap(),
    }
}

fn http(url: &str, request: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn control(up: &Up, method: &str, path: &str, body: &str) -> String {
    let request = format!(
        "{method} /control/{path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        up.trust.control.token,
        body.len()
    );
    http(&up.trust.control.url, &request).unwrap()
}

#[test]
fn up_says_where_it_is_writes_the_trust_file_and_ends_on_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trust.json");
    let mut up = up(&["--trust", file.to_str().unwrap()]);
    let written: TrustFile = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(written, up.trust);
    let session = r#"{"name":"anna"}"#;
    let request = format!(
        "POST /session HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{session}",
        session.len()
    );
    assert!(http(&up.trust.cloud.url, &request).unwrap().contains("acc_anna"));
    assert!(
        Command::new("kill")
            .arg(up.child.id().to_string())
            .status()
            .unwrap()
            .success()
    );
    assert!(up.child.wait().unwrap().success());
}

#[test]
fn over_http_a_lost_answer_is_a_connection_that_breaks_off() {
    let mut up = up(&[]);
    control(
        &up,
        "POST",
        "faults",
        r#"{"endpoint":"session","kind":"lost","times":1}"#,
    );
    let session = r#"{"name":"anna"}"#;
    let request = format!(
        "POST /session HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{session}",
        session.len()
    );
    let answer = http(&up.trust.cloud.url, &request).unwrap_or_default();
    assert!(
        !answer.contains("acc_anna") && !answer.ends_with("0\r\n\r\n"),
        "{answer}"
    );
    assert!(control(&up, "GET", "log", "").contains("acc_anna signed in"));
    up.child.kill().unwrap();
    up.child.wait().unwrap();
}

#[test]
fn a_world_killed_without_warning_has_lost_nothing_it_answered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world.db");
    let file = file.to_str().unwrap();
    for day in 1..4 {
        let mut up = up(&["--file", file]);
        let answer = control(&up, "POST", "clock/advance", r#"{"by":"1d"}"#);
        up.child.kill().unwrap();
        up.child.wait().unwrap();
        assert!(
            answer.contains(&format!("2026-01-{:02}T09:00:00Z", 5 + day)),
            "{answer}"
        );
    }
}

#[test]
fn the_sandbox_depends_on_nothing_of_the_core() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "-p",
            "care-sandbox",
            "-e",
            "normal,build,dev",
            "--prefix",
            "none",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    assert!(tree.contains("care-sandbox") && tree.contains("axum"), "{tree}");
    assert!(!tree.contains("tapo-care"), "{tree}");
}
