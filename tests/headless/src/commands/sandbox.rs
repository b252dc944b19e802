//! `care sandbox`: the hand that moves the world.

use crate::args::{Sandbox, SandboxCamera, SandboxClock, SandboxFault, SandboxSession};
use crate::commands::{planted, stores};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::state::Remembered;
use crate::words;
use serde_json::{Value, json};

/// Moves the world as asked.
///
/// # Errors
/// Control cannot be reached, or says no.
pub async fn run(shell: &Shell, what: Sandbox) -> Result<u8, Failure> {
    match what {
        Sandbox::Clock(what) => clock(shell, what).await?,
        Sandbox::Camera(what) => camera(shell, what).await?,
        Sandbox::Plan(what) => planted::plan(shell, what).await?,
        Sandbox::Trial(what) => planted::trial(shell, what).await?,
        Sandbox::Free(what) => planted::free(shell, what).await?,
        Sandbox::Fault(what) => fault(shell, what).await?,
        Sandbox::Log => {
            let log = shell.world.control.ask("GET", "/control/log", None).await?;
            tell(shell, &log, |log| lines(&log["lines"]));
        }
        Sandbox::Ledger => ledger(shell).await?,
        Sandbox::Play(what) => stores::play(shell, what).await?,
        Sandbox::AppStore(what) => stores::app_store(shell, what).await?,
        Sandbox::Session(SandboxSession::Expire { name }) => {
            let account = account_named(shell, &name).await?;
            shell
                .world
                .control
                .ask("POST", "/control/sessions/expire", Some(&json!({ "account": account })))
                .await?;
            tell(shell, &json!({ "account": account, "expired": true }), |_| {
                vec![format!(
                    "The tokens of {name} no longer work; a new one is asked for when one is needed."
                )]
            });
        }
    }
    Ok(0)
}

/// One document with `--json`, else these lines.
pub(super) fn tell(shell: &Shell, document: &Value, words: impl FnOnce(&Value) -> Vec<String>) {
    if shell.output.json {
        shell.output.document(document);
    } else {
        for line in words(document) {
            shell.output.line(line);
        }
    }
}

fn lines(list: &Value) -> Vec<String> {
    let each = list.as_array().into_iter().flatten();
    each.map(|line| line.as_str().map_or_else(|| line.to_string(), str::to_owned))
        .collect()
}

async fn clock(shell: &Shell, what: SandboxClock) -> Result<(), Failure> {
    let control = &shell.world.control;
    let clock = match what {
        SandboxClock::Show => control.ask("GET", "/control/clock", None).await?,
        SandboxClock::Advance { by } => {
            control
                .ask("POST", "/control/clock/advance", Some(&json!({ "by": by })))
                .await?
        }
        SandboxClock::To { time } => {
            control
                .ask("POST", "/control/clock/to", Some(&json!({ "time": time })))
                .await?
        }
        SandboxClock::Next => control.ask("POST", "/control/clock/next", None).await?,
    };
    tell(shell, &clock, |clock| {
        let now = clock["now_ms"]
            .as_i64()
            .map(|now| words::moment(tapo_care::time::Timestamp(now)));
        vec![format!(
            "The world's clock says {}.",
            now.unwrap_or_else(|| clock["now"].to_string())
        )]
    });
    Ok(())
}

async fn camera(shell: &Shell, what: SandboxCamera) -> Result<(), Failure> {
    let control = &shell.world.control;
    let camera = match what {
        SandboxCamera::Add {
            name,
            model,
            firmware,
            offline,
            account,
        } => {
            let account = match account {
                Some(account) => account,
                None => signed_in(shell)?,
            };
            let mut asked = json!({ "account": account, "name": name, "model": model, "online": !offline });
            if let Some(firmware) = firmware {
                asked["firmware"] = json!(firmware);
            }
            control.ask("POST", "/control/cameras", Some(&asked)).await?
        }
        SandboxCamera::Online { camera } => change(shell, &camera, json!({ "online": true })).await?,
        SandboxCamera::Offline { camera } => change(shell, &camera, json!({ "online": false })).await?,
        SandboxCamera::Firmware { camera, version } => change(shell, &camera, json!({ "firmware": version })).await?,
        SandboxCamera::Rename { camera, name } => change(shell, &camera, json!({ "name": name })).await?,
        SandboxCamera::Move { camera, account } => change(shell, &camera, json!({ "account": account })).await?,
        SandboxCamera::Remove { camera } => {
            let id = camera_id(shell, &camera).await?;
            control.ask("DELETE", &format!("/control/cameras/{id}"), None).await?;
            tell(shell, &json!({ "camera": id, "removed": true }), |_| {
                vec![format!("{camera} is bound to nobody.")]
            });
            return Ok(());
        }
    };
    tell(shell, &camera, |camera| {
        let text = |name: &str| camera[name].as_str().unwrap_or("?").to_owned();
        let online = if camera["online"].as_bool() == Some(false) {
            "offline"
        } else {
            "online"
        };
        let (name, model, firmware, id) = (text("name"), text("model"), text("firmware"), text("id"));
        vec![format!(
            "{name} ({model}, firmware {firmware}) is {online}. Its id is {id}."
        )]
    });
    Ok(())
}

/// Control knows cameras by id; a name is looked up in what the account last held.
async fn change(shell: &Shell, camera: &str, change: Value) -> Result<Value, Failure> {
    let id = camera_id(shell, camera).await?;
    shell
        .world
        .control
        .ask("POST", &format!("/control/cameras/{id}"), Some(&change))
        .await
}

/// The id of a camera given by id or name.
pub(super) async fn camera_id(shell: &Shell, camera: &str) -> Result<String, Failure> {
    if camera.starts_with("cam_") {
        return Ok(camera.to_owned());
    }
    id_of(shell, camera).await
}

async fn id_of(shell: &Shell, name: &str) -> Result<String, Failure> {
    let running = shell.open_signed_in(crate::args::Sheet::Pay).await?;
    // Without an answer, what was known before does.
    let _ = running.care.refresh().await;
    let id = crate::commands::rows::camera_named(&running.care.snapshot(), name);
    running.care.close().await;
    Ok(id.0)
}

async fn fault(shell: &Shell, what: SandboxFault) -> Result<(), Failure> {
    let control = &shell.world.control;
    match what {
        SandboxFault::Add {
            endpoint,
            kind,
            times,
            chance,
            ms,
            status,
        } => {
            let mut asked = json!({ "endpoint": endpoint, "kind": kind });
            let given = [
                ("times", times.map(Value::from)),
                ("chance", chance.map(Value::from)),
                ("ms", ms.map(Value::from)),
                ("status", status.map(Value::from)),
            ];
            for (name, value) in given {
                if let Some(value) = value {
                    asked[name] = value;
                }
            }
            let added = control.ask("POST", "/control/faults", Some(&asked)).await?;
            let until = match (times, chance) {
                (Some(times), _) => format!("for {}", words::count(i64::from(times), "call", "calls")),
                (None, Some(chance)) => format!("with probability {chance}, until cleared"),
                (None, None) => "until cleared".to_owned(),
            };
            tell(shell, &added, |_| vec![format!("{endpoint} is now {kind} {until}.")]);
        }
        SandboxFault::List => {
            let list = control.ask("GET", "/control/faults", None).await?;
            tell(shell, &list, |list| {
                let faults: Vec<_> = list["faults"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(fault_line)
                    .collect();
                if faults.is_empty() {
                    vec!["Nothing goes wrong on purpose.".to_owned()]
                } else {
                    faults
                }
            });
        }
        SandboxFault::Clear => {
            control.ask("DELETE", "/control/faults", None).await?;
            tell(shell, &json!({ "faults": [] }), |_| {
                vec!["Nothing goes wrong on purpose any more.".to_owned()]
            });
        }
    }
    Ok(())
}

fn fault_line(fault: &Value) -> String {
    let word = |name: &str| fault[name].as_str().unwrap_or("?").to_owned();
    let mut line = format!("{} is {}", word("endpoint"), word("kind"));
    for (name, before, after) in [
        ("times", ", ", " more times"),
        ("chance", ", with probability ", ""),
        ("ms", ", by ", " ms"),
        ("status", ", ", ""),
    ] {
        if !fault[name].is_null() {
            line.push_str(&format!("{before}{}{after}", fault[name]));
        }
    }
    line
}

async fn ledger(shell: &Shell) -> Result<(), Failure> {
    let ledger = shell.world.control.ask("GET", "/control/ledger", None).await?;
    if shell.output.json {
        shell.output.document(&ledger);
        return Ok(());
    }
    let mut empty = true;
    for (part, columns) in [
        (
            "charges",
            &[
                "store",
                "transaction",
                "original",
                "store_account",
                "product",
                "amount_micros",
                "currency",
                "at",
            ][..],
        ),
        ("grants", &["store", "subscription", "transaction", "account", "at"][..]),
        ("finishes", &["store", "transaction", "by", "at"][..]),
        ("reservations", &["id", "account", "intent", "expires_at"][..]),
    ] {
        let rows = ledger[part].as_array().cloned().unwrap_or_default();
        if rows.is_empty() {
            continue;
        }
        empty = false;
        shell.output.line(format!("{} {part}", rows.len()));
        let cell = |row: &Value, column: &str| {
            // Who paid: each store has a name of its own for it.
            let value = match column {
                "store_account" => row.get("apple_id").unwrap_or(&row["google_account"]),
                _ => &row[column],
            };
            value.as_str().map_or_else(|| value.to_string(), str::to_owned)
        };
        let table = rows
            .iter()
            .map(|row| columns.iter().map(|column| cell(row, column)).collect())
            .collect();
        shell.output.table(columns, table, "");
    }
    if empty {
        shell
            .output
            .line("Nothing was charged, granted, finished or reserved yet.");
    }
    Ok(())
}

pub(super) fn signed_in(shell: &Shell) -> Result<String, Failure> {
    match shell.folder.remembered()? {
        Remembered::Somebody(person) => Ok(person.name),
        Remembered::Nothing if shell.world.embedded => Ok("anna".to_owned()),
        Remembered::Nothing | Remembered::Nobody => Err(Failure::Usage(
            "Nobody is signed in: name whose camera it is with --account NAME.".to_owned(),
        )),
    }
}

async fn account_named(shell: &Shell, name: &str) -> Result<String, Failure> {
    let list = shell.world.control.ask("GET", "/control/accounts", None).await?;
    let accounts = list["accounts"].as_array().cloned().unwrap_or_default();
    let found = accounts.iter().find(|account| account["name"].as_str() == Some(name));
    found
        .and_then(|account| account["id"].as_str())
        .map(str::to_owned)
        .ok_or_else(|| {
            let known: Vec<_> = accounts.iter().filter_map(|account| account["name"].as_str()).collect();
            Failure::refused(
                "unknown_name",
                format!("This world knows no `{name}`; it has {}.", known.join(", ")),
            )
        })
}
