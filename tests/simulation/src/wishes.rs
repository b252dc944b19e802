//! What the user asks the app for: a plan, another one, the money of a second one back, cameras, a trial, a restore. Every
//! question is met with the yes that the schedule says, and every refusal is written down.

use crate::life::Life;
use crate::step::Sheet;
use tapo_care::account::Channel;
use tapo_care::snapshot::Snapshot;
use tapo_care::{CareError, ChangePlanRequest, ReturnRequest, SubscribeRequest};

/// Who is signed in.
fn name(shown: &Snapshot) -> String {
    shown.account.clone().map(|account| account.0).unwrap_or_default()
}

impl Life {
    pub(crate) async fn buy(&mut self, nth: usize, plan: &str, sheet: Sheet, hold_s: u64, named: bool) {
        let phone = &mut self.phones[nth];
        let Some(care) = phone.open().await else { return };
        if care.snapshot().account.is_none() {
            // Nobody buys without signing in; who it is hangs on the phone.
            let person = self.world.people[nth % self.world.people.len()].clone();
            phone.sign_in(&person).await;
        }
        let before = care.snapshot();
        let account = name(&before);
        phone.at_the_next_sheet(&account, sheet, hold_s);
        let cameras = before
            .cameras
            .iter()
            .filter(|camera| named && camera.selectable)
            .take(1);
        let mut request = SubscribeRequest {
            plan: plan.into(),
            cameras: cameras.map(|camera| camera.id.clone()).collect(),
            trial: false,
            confirmation: None,
        };
        let mut answer = phone.living(care.subscribe(request.clone())).await;
        if let Some(Err(CareError::ConfirmationNeeded(asked))) = &answer {
            request.confirmation = Some(asked.token.clone());
            answer = phone.living(care.subscribe(request)).await;
        }
        match answer {
            Some(Ok(intent)) => {
                phone.note(&format!("{account} may buy {plan}"));
                self.world.learn(&account, [intent.0.clone()]);
                self.judge.accepted(phone, &before, &account, &intent.0);
                phone.wishes.insert(intent.0, account);
            }
            Some(Err(error)) => {
                phone.refused(&account, "subscribe", &error);
            }
            None => {}
        }
    }

    pub(crate) async fn restore(&mut self, nth: usize, yes: bool) {
        let phone = &mut self.phones[nth];
        let Some(care) = phone.open().await else { return };
        let account = name(&care.snapshot());
        let mut answer = phone.living(care.restore(None)).await;
        if let (Some(Err(CareError::ConfirmationNeeded(asked))), true) = (&answer, yes) {
            phone.note(&format!("{account} says yes: it is mine"));
            self.judge.said_yes(&account);
            let token = asked.token.clone();
            let unclaimed = care.receipts().into_iter();
            let unclaimed = unclaimed.filter(|row| row.answer.as_deref() == Some("needs_confirmation"));
            let claimed: Vec<String> = unclaimed.map(|row| row.transaction.to_string()).collect();
            answer = phone.living(care.restore(Some(token))).await;
            if let Some(Ok(_)) = &answer {
                phone.claimed.extend(claimed);
            }
        }
        if let Some(Err(error)) = answer {
            phone.refused(&account, "restore", &error);
        }
        phone.hear().await;
    }

    pub(crate) async fn select(&mut self, nth: usize, count: usize) {
        let phone = &mut self.phones[nth];
        let Some(care) = phone.open().await else { return };
        let shown = care.snapshot();
        let account = name(&shown);
        let Some(plan) = shown.subscriptions.last() else { return };
        let cameras = shown
            .cameras
            .iter()
            .take(count)
            .map(|camera| camera.id.clone())
            .collect();
        if let Some(Err(error)) = phone.living(care.select_cameras(plan.id.clone(), cameras)).await {
            phone.refused(&account, "cameras", &error);
        }
    }

    pub(crate) async fn trial(&mut self, nth: usize, camera: usize) {
        let phone = &mut self.phones[nth];
        let Some(care) = phone.open().await else { return };
        let shown = care.snapshot();
        let account = name(&shown);
        if let Some(camera) = shown.cameras.get(camera % shown.cameras.len().max(1))
            && let Some(Err(error)) = phone.living(care.start_trial(camera.id.clone())).await
        {
            phone.refused(&account, "trial", &error);
        }
    }

    /// The first plan of the app's own becomes another.
    pub(crate) async fn change(&mut self, nth: usize, plan: &str, sheet: Sheet, hold_s: u64) {
        let phone = &mut self.phones[nth];
        let Some(care) = phone.open().await else { return };
        let before = care.snapshot();
        let account = name(&before);
        let of_a_store = |channel: &Channel| matches!(channel, Channel::AppStore | Channel::Play);
        let current = before.subscriptions.iter().find(|held| of_a_store(&held.channel));
        let Some(current) = current else { return };
        phone.at_the_next_sheet(&account, sheet, hold_s);
        let mut request = ChangePlanRequest {
            subscription: current.id.clone(),
            plan: plan.into(),
            confirmation: None,
        };
        let mut answer = phone.living(care.change_plan(request.clone())).await;
        if let Some(Err(CareError::ConfirmationNeeded(asked))) = &answer {
            request.confirmation = Some(asked.token.clone());
            answer = phone.living(care.change_plan(request)).await;
        }
        match answer {
            Some(Ok(intent)) => {
                phone.note(&format!("{account} may change to {plan}"));
                self.world.learn(&account, [intent.0.clone()]);
                phone.wishes.insert(intent.0, account);
            }
            Some(Err(error)) => {
                phone.refused(&account, "change", &error);
            }
            None => {}
        }
    }

    /// Of two plans that were both paid the newer is given back, with a yes or without.
    ///
    /// *unasked*: none without a yes.
    pub(crate) async fn give_back(&mut self, nth: usize, yes: bool) {
        let phone = &mut self.phones[nth];
        let Some(care) = phone.open().await else { return };
        let account = name(&care.snapshot());
        let mut answer = phone.living(care.return_double_payment(ReturnRequest::default())).await;
        match &answer {
            Some(Ok(returned)) => {
                let found = format!("{account} was not asked: {returned:?}");
                self.world.story.broken("unasked", &found);
            }
            Some(Err(CareError::ConfirmationNeeded(asked))) if yes => {
                let request = ReturnRequest {
                    subscription: None,
                    confirmation: Some(asked.token.clone()),
                };
                answer = phone.living(care.return_double_payment(request)).await;
            }
            _ => {}
        }
        match answer {
            Some(Ok(returned)) => phone.note(&format!("{account} gives a plan back: {returned:?}")),
            Some(Err(error)) => {
                phone.refused(&account, "give back", &error);
            }
            None => {}
        }
    }
}
