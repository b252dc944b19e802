//! `care verify`: what can be typed.

use clap::{Args, ValueEnum};
use std::path::PathBuf;
use tapo_care::id::Environment;
use tapo_care::receipt::Kind;

/// Examples and exit codes.
pub const EXAMPLES: &str = "Examples:
  care verify receipt.jws --bundle-id com.tplink.tapo
  pbpaste | care verify - --at 2026-01-06T12:00:00Z
  care verify purchase.json --play-key license.txt --package com.tplink.iot
      with {\"originalJson\": \"…\", \"signature\": \"…\"} in it
  care verify original.json --signature signature.txt --play-key license.txt
  care --trust trust.json verify receipt.jws
      of a care-sandbox: its root, app and license key are in the trust file

What nobody gave an expectation for is not asked.
Exit codes: 0 authentic, and not another account's · 1 refused, or another account's · 2 an option or file that cannot be used.";

/// `care verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The receipt; `-` reads stdin.
    pub file: PathBuf,
    /// A root certificate to believe, DER or PEM; may be given again. Apple's where none is.
    #[arg(long, value_name = "CERT")]
    pub root: Vec<PathBuf>,
    /// The app's bundle.
    #[arg(long, value_name = "ID")]
    pub bundle_id: Option<String>,
    /// The app's number in the App Store.
    #[arg(long, value_name = "N")]
    pub app_id: Option<i64>,
    /// The one ledger to accept: production or sandbox.
    #[arg(long, value_enum, value_name = "WHICH", hide_possible_values = true)]
    pub environment: Option<Ledger>,
    /// As of when, such as 2026-01-06T12:00:00Z; now where it is not said.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// The account's tag, a UUID: whose is it?
    #[arg(long, value_name = "UUID")]
    pub account_tag: Option<String>,
    /// The app's license key of Google Play, base64 or PEM.
    #[arg(long, value_name = "FILE")]
    pub play_key: Option<PathBuf>,
    /// The app's package at Google Play.
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
    /// Is its product one of ours? A catalogue as the cloud serves it (JSON), or ids of products on sale.
    #[arg(long, value_name = "FILE|ID,…")]
    pub products: Option<String>,
    /// Play's signature, where FILE holds the original JSON alone.
    #[arg(long, value_name = "FILE")]
    pub signature: Option<PathBuf>,
    /// What it is, where its fields do not say: transaction, renewal, app_transaction, notification or purchase.
    #[arg(long, value_enum, value_name = "KIND", hide_possible_values = true)]
    pub kind: Option<KindName>,
}

/// A ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ledger {
    /// Money.
    Production,
    /// Testers, reviewers.
    Sandbox,
}

impl Ledger {
    /// The core's word for it.
    pub fn environment(self) -> Environment {
        match self {
            Self::Production => Environment::Production,
            Self::Sandbox => Environment::Sandbox,
        }
    }
}

/// What a receipt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum KindName {
    /// A purchase or renewal of the App Store.
    Transaction,
    /// What happens at its end.
    Renewal,
    /// The download of the app.
    AppTransaction,
    /// News of the App Store.
    Notification,
    /// Google Play's.
    Purchase,
}

impl KindName {
    /// The App Store's kind; none of Play.
    pub fn app_store(self) -> Option<Kind> {
        match self {
            Self::Transaction => Some(Kind::Transaction),
            Self::Renewal => Some(Kind::Renewal),
            Self::AppTransaction => Some(Kind::AppTransaction),
            Self::Notification => Some(Kind::Notification),
            Self::Purchase => None,
        }
    }
}
