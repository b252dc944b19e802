//! `care sandbox play` and `care sandbox app-store`: what happens to a subscription at its store.

use super::sandbox::tell;
use crate::args::{Named, Price, SandboxAppStore, SandboxPlay};
use crate::failure::Failure;
use crate::shell::Shell;
use serde_json::{Value, json};

/// One thing that happens: to what, by which word of the contract, with which body, and what is said of it.
struct Event {
    id: String,
    verb: &'static str,
    body: Value,
    said: &'static str,
}

fn event(named: Named, verb: &'static str, said: &'static str) -> Event {
    let body = Value::Null;
    Event {
        id: named.id,
        verb,
        body,
        said,
    }
}

fn payments(named: Named, go_through: bool) -> Event {
    let said = if go_through {
        "Its payments go through again; what waited was paid."
    } else {
        "From the next renewal on nothing is paid; `care sandbox clock next` goes there."
    };
    let body = json!({ "go_through": go_through });
    Event {
        body,
        ..event(named, "payments", said)
    }
}

fn price(wish: Price) -> Event {
    let said = if wish.only_told {
        "It costs that from the next renewal on; the cloud was told."
    } else {
        "It is to cost that from the next renewal on, if the customer agrees; the cloud was told."
    };
    let body = json!({ "price_micros": wish.micros, "asks": !wish.only_told });
    let named = Named { id: wish.id };
    Event {
        body,
        ..event(named, "price", said)
    }
}

fn price_answer(named: Named, agrees: bool) -> Event {
    let said = if agrees {
        "The new price is agreed to; the cloud was told."
    } else {
        "The new price is declined: it ends when the paid period is over; the cloud was told."
    };
    let body = json!({ "agrees": agrees });
    Event {
        body,
        ..event(named, "price-answer", said)
    }
}

/// Has it happen at Google Play.
///
/// # Errors
/// [`Failure::Usage`] for what is no token; control cannot be reached, or knows no such purchase in such a state.
pub async fn play(shell: &Shell, what: SandboxPlay) -> Result<(), Failure> {
    let event = match what {
        SandboxPlay::Complete(named) => event(named, "complete", "The payment was made; the cloud was told."),
        SandboxPlay::Decline(named) => event(named, "decline", "The payment was not made; the cloud was told."),
        SandboxPlay::DeclinePayments(named) => payments(named, false),
        SandboxPlay::AcceptPayments(named) => payments(named, true),
        SandboxPlay::Pause { token, length } => Event {
            body: json!({ "for": length }),
            ..event(
                Named { id: token },
                "pause",
                "It pauses when the paid period is over; `care sandbox clock next` goes there.",
            )
        },
        SandboxPlay::Resume(named) => event(named, "pause", "There is no pause any more; the cloud was told."),
        SandboxPlay::Cancel(named) => event(named, "cancel", "It will not renew; the cloud was told."),
        SandboxPlay::Restart(named) => event(named, "restart", "It will renew again; the cloud was told."),
        SandboxPlay::Revoke(named) => event(named, "revoke", "The money was given back; the cloud was told."),
        SandboxPlay::Price(wish) => price(wish),
        SandboxPlay::AgreePrice(named) => price_answer(named, true),
        SandboxPlay::DeclinePrice(named) => price_answer(named, false),
    };
    let lists = "`care --store play purchases` lists the purchase tokens";
    happen(shell, "play", event, lists).await
}

/// Has it happen at the App Store.
///
/// # Errors
/// As [`play`].
pub async fn app_store(shell: &Shell, what: SandboxAppStore) -> Result<(), Failure> {
    let event = match what {
        SandboxAppStore::Asks => return asks(shell).await,
        SandboxAppStore::Approve(named) => event(
            named,
            "approve",
            "It was bought; the store tells the cloud in a minute.",
        ),
        SandboxAppStore::Decline(named) => event(named, "decline", "It was not bought, and nobody is told."),
        SandboxAppStore::DeclinePayments(named) => payments(named, false),
        SandboxAppStore::AcceptPayments(named) => payments(named, true),
        SandboxAppStore::Cancel(named) => event(named, "cancel", "It will not renew; the cloud was told."),
        SandboxAppStore::Restart(named) => event(named, "restart", "It will renew again; the cloud was told."),
        SandboxAppStore::Revoke(named) => event(named, "revoke", "The money was given back; the cloud was told."),
        SandboxAppStore::Price(wish) => price(wish),
        SandboxAppStore::AgreePrice(named) => price_answer(named, true),
        SandboxAppStore::DeclinePrice(named) => price_answer(named, false),
    };
    let lists = "`care purchases` lists the transactions and `care sandbox app-store asks` who asks to buy";
    happen(shell, "store", event, lists).await
}

async fn happen(shell: &Shell, store: &str, event: Event, lists: &str) -> Result<(), Failure> {
    let Event { id, verb, body, said } = event;
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
        return Err(Failure::Usage(format!(
            "Such a name has letters, digits, `-`, `_` and `.`, not `{id}`; {lists}."
        )));
    }
    let path = format!("/control/{store}/{id}/{verb}");
    let body = Some(&body).filter(|body| !body.is_null());
    shell.world.control.ask("POST", &path, body).await?;
    let named = if store == "play" { "token" } else { "id" };
    tell(shell, &json!({ named: id, "done": verb }), |_| vec![said.to_owned()]);
    Ok(())
}

async fn asks(shell: &Shell) -> Result<(), Failure> {
    let asks = shell.world.control.ask("GET", "/control/store/asks", None).await?;
    tell(shell, &asks, |asks| {
        let list = asks["asks"].as_array().into_iter().flatten();
        let lines: Vec<_> = list
            .map(|ask| {
                let text = |name: &str| ask[name].as_str().unwrap_or("?").to_owned();
                format!(
                    "{}: {} asks to buy {} since {}.",
                    text("id"),
                    text("apple_id"),
                    text("product"),
                    text("at")
                )
            })
            .collect();
        if lines.is_empty() {
            vec!["Nobody asks to buy anything.".to_owned()]
        } else {
            lines
        }
    });
    Ok(())
}
