//! Starts `care` and care-sandbox as processes of their own, and reads what the sandbox's books say.

use crate::both::Store;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::SystemTime;
use tempfile::TempDir;

/// The binary under test.
pub const CARE: &str = env!("CARGO_BIN_EXE_care");
/// The plan that most tests buy: three cameras, by the month.
pub const PLAN: &str = "tapo-3-monthly";

/// What a process said.
#[derive(Debug)]
pub struct Said {
    /// None where a signal ended it.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    /// From a process that ended.
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("care writes UTF-8");
        Self {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// The one document on stdout.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The one document on stderr.
    pub fn error(&self) -> Value {
        serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// It, where it ended with that code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

/// A state folder, its phone, and the world it is used with.
pub struct Phone<'w> {
    world: Option<&'w World>,
    pub state: PathBuf,
    device: String,
    store: Store,
    /// Instead of the world's own address: a proxy's.
    pub cloud: Option<String>,
    /// Instead of the world's own trust file.
    pub trust: Option<PathBuf>,
    _folder: Option<TempDir>,
}

impl<'w> Phone<'w> {
    /// With an embedded sandbox.
    pub fn alone() -> Phone<'static> {
        Phone::fresh(None, "phone")
    }

    /// Of a world elsewhere, with an Apple ID of its own.
    pub fn of(world: &'w World, device: &str) -> Self {
        Self::fresh(Some(world), device)
    }

    fn fresh(world: Option<&'w World>, device: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let state = folder.path().join("state");
        Phone {
            world,
            state,
            device: device.into(),
            store: Store::AppStore,
            cloud: None,
            trust: None,
            _folder: Some(folder),
        }
    }

    /// Another phone of the same state folder and world.
    pub fn beside(&self, device: &str) -> Phone<'w> {
        Phone {
            world: self.world,
            state: self.state.clone(),
            device: device.into(),
            store: self.store,
            cloud: self.cloud.clone(),
            trust: self.trust.clone(),
            _folder: None,
        }
    }

    /// The same phone with that store.
    pub fn at(mut self, store: Store) -> Self {
        self.store = store;
        self
    }

    /// The same phone with Google Play.
    pub fn on_play(self) -> Self {
        self.at(Store::Play)
    }

    /// What is this phone's in the state folder.
    pub fn folder(&self) -> PathBuf {
        match self.device.as_str() {
            "phone" => self.state.clone(),
            device => self.state.join("phones").join(device),
        }
    }

    /// Where its core keeps journal and cache: the stores share none.
    pub fn core_folder(&self) -> PathBuf {
        self.folder().join(match self.store {
            Store::AppStore => "care",
            Store::Play => "care-play",
        })
    }

    /// The command, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = care();
        command.arg("--state").arg(&self.state).args(["--device", &self.device]);
        if let Some(world) = self.world {
            command.arg("--cloud").arg(self.cloud.as_ref().unwrap_or(&world.cloud));
            command.arg("--trust").arg(self.trust.as_ref().unwrap_or(&world.trust));
        }
        if self.store == Store::Play {
            command.args(["--store", "play"]);
        }
        command.args(arguments);
        command
    }

    /// Runs `care` to its end.
    pub fn care(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    /// Runs it with more in its environment.
    pub fn care_with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Said {
        Said::of(
            &self
                .command(arguments)
                .envs(environment.iter().copied())
                .output()
                .unwrap(),
        )
    }

    /// The snapshot.
    #[track_caller]
    pub fn status(&self) -> Value {
        self.care(&["--json", "status"]).ended(0).json()
    }

    /// What the store calls this phone's account.
    pub fn store_account(&self) -> String {
        let maker = match self.store {
            Store::AppStore => "apple",
            Store::Play => "google",
        };
        format!("{maker}-{}", self.device)
    }
}

/// `care` with nothing of this process's environment that would change it.
pub fn care() -> Command {
    let mut command = Command::new(CARE);
    for variable in [
        "CARE_TRACE",
        "CARE_KILL_AT",
        "NO_COLOR",
        "COLUMNS",
        "CARE_APPLE_VECTORS",
    ] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs `care` without a state folder of a test's own.
pub fn plain(arguments: &[&str]) -> Said {
    Said::of(&care().args(arguments).output().unwrap())
}

/// A care-sandbox process, ended with the test.
pub struct World {
    process: Child,
    /// Its public address.
    pub cloud: String,
    /// Its trust file.
    pub trust: PathBuf,
    control: String,
    token: String,
    agent: ureq::Agent,
    _folder: TempDir,
}

impl World {
    /// A world of that seed.
    pub fn up(seed: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let trust = folder.path().join("trust.json");
        let mut process = Command::new(sandbox())
            .args(["up", "--seed", &seed.to_string(), "--trust"])
            .arg(&trust)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .build();
        Self {
            process,
            cloud: text(&said["cloud"]["url"]),
            trust,
            control: text(&said["control"]["url"]),
            token: text(&said["control"]["token"]),
            agent: config.into(),
            _folder: folder,
        }
    }

    /// Moves the world.
    #[track_caller]
    pub fn control(&self, path: &str, body: &Value) -> Value {
        let asked = self.agent.post(format!("{}/control/{path}", self.control));
        let mut answer = asked
            .header("authorization", format!("Bearer {}", self.token))
            .send_json(body)
            .unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.body_mut().read_json().unwrap()
    }

    /// Its fault plan, emptied.
    pub fn clear_faults(&self) {
        let asked = self.agent.delete(format!("{}/control/faults", self.control));
        asked
            .header("authorization", format!("Bearer {}", self.token))
            .call()
            .unwrap();
    }

    /// One more fault.
    pub fn fault(&self, endpoint: &str, kind: &str, times: Option<u32>) {
        let mut fault = json!({ "endpoint": endpoint, "kind": kind });
        if let Some(times) = times {
            fault["times"] = json!(times);
        }
        self.control("faults", &fault);
    }

    /// A new account with three cameras; gives its id.
    pub fn newcomer(&self, name: &str) -> String {
        let account = self.control("accounts", &json!({ "name": name }));
        for camera in ["Porch", "Garden", "Hallway"] {
            self.control("cameras", &json!({ "account": name, "name": camera, "model": "C210" }));
        }
        account["id"].as_str().unwrap().to_owned()
    }

    /// Its books.
    pub fn ledger(&self) -> Ledger {
        let asked = self.agent.get(format!("{}/control/ledger", self.control));
        let mut answer = asked
            .header("authorization", format!("Bearer {}", self.token))
            .call()
            .unwrap();
        let read = answer.body_mut().with_config().limit(64 * 1024 * 1024);
        Ledger(read.read_json().unwrap())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the sandbox's books hold.
pub struct Ledger(pub Value);

impl Ledger {
    fn rows(&self, book: &str) -> impl Iterator<Item = &Value> {
        self.0[book].as_array().unwrap().iter()
    }

    /// The transactions charged to a store account; of Google Play its orders.
    pub fn charges(&self, payer: &str) -> Vec<String> {
        let paid = |row: &&Value| row["apple_id"] == payer || row["google_account"] == payer;
        let of = self.rows("charges").filter(paid);
        of.map(|row| row["transaction"].as_str().unwrap().to_owned()).collect()
    }

    /// The accounts a transaction was granted to.
    pub fn grants(&self, transaction: &str) -> Vec<String> {
        let of = self.rows("grants").filter(|row| row["transaction"] == transaction);
        of.map(|row| row["account"].as_str().unwrap().to_owned()).collect()
    }

    /// What became of a transaction's money.
    pub fn state(&self, transaction: &str) -> String {
        let mut of = self.rows("charges").filter(|row| row["transaction"] == transaction);
        of.next().unwrap()["state"].as_str().unwrap().to_owned()
    }

    /// How often a transaction was finished.
    pub fn finishes(&self, transaction: &str) -> usize {
        self.rows("finishes")
            .filter(|row| row["transaction"] == transaction)
            .count()
    }

    /// Slots held for an account.
    pub fn reservations(&self, account: &str) -> usize {
        self.rows("reservations")
            .filter(|row| row["account"] == account)
            .count()
    }

    /// Exactly one charge of this store account, granted once to this account and finished once.
    #[track_caller]
    pub fn holds_one(&self, payer: &str, account: &str) {
        let charges = self.charges(payer);
        assert_eq!(charges.len(), 1, "charges of {payer}: {charges:?}");
        assert_eq!(self.grants(&charges[0]), [account], "grants of {}", charges[0]);
        assert_eq!(self.finishes(&charges[0]), 1, "finishes of {}", charges[0]);
    }

    /// Nothing charged to this store account.
    #[track_caller]
    pub fn holds_nothing(&self, payer: &str) {
        assert_eq!(self.charges(payer), Vec::<String>::new());
    }
}

/// The care-sandbox beside `care`; built once where it is absent or older than its source.
fn sandbox() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let beside = Path::new(CARE).parent().unwrap();
        let binary = beside.join(format!("care-sandbox{}", std::env::consts::EXE_SUFFIX));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sandbox");
        let built = std::fs::metadata(&binary).and_then(|found| found.modified());
        if built.is_ok_and(|built| built >= newest(&source.join("src"))) {
            return binary;
        }
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // Both packages, so that features unify as they did for this test and nothing is built twice.
        cargo
            .args([
                "build",
                "-p",
                "care-sandbox",
                "-p",
                "care-headless",
                "--bin",
                "care-sandbox",
            ])
            .current_dir(&source);
        cargo.env("CARGO_TARGET_DIR", beside.parent().unwrap());
        if beside.ends_with("release") {
            cargo.arg("--release");
        }
        assert!(cargo.status().unwrap().success(), "care-sandbox cannot be built");
        binary
    })
}

fn newest(folder: &Path) -> SystemTime {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let times = entries.map(|path| {
        if path.is_dir() {
            newest(&path)
        } else {
            path.metadata().unwrap().modified().unwrap()
        }
    });
    times.max().unwrap_or(SystemTime::UNIX_EPOCH)
}

/// The files of a folder with what is in them, by path.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// The cameras that the first subscription of a snapshot names.
pub fn chosen(snapshot: &Value) -> Vec<String> {
    let cameras = snapshot["subscriptions"][0]["cameras"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    cameras.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}
