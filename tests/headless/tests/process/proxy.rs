//! A hostile network: an HTTP proxy of a few lines that may change one byte of a request or of an answer.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// One message of HTTP: its first line and headers, and its body.
#[derive(Debug, Clone)]
pub struct Message {
    pub head: String,
    pub body: Vec<u8>,
}

impl Message {
    /// Changes one byte of the body, the one at `at`, counted round; whether there was one.
    pub fn flip_body(&mut self, at: usize) -> bool {
        let Some(at) = at.checked_rem(self.body.len()) else {
            return false;
        };
        self.body[at] ^= 0b1;
        true
    }

    /// Changes one character of a header's value; whether it was there.
    pub fn flip_header(&mut self, name: &str) -> bool {
        let lower = self.head.to_ascii_lowercase();
        let Some(at) = lower.find(&format!("\r\n{name}: ")) else {
            return false;
        };
        let value = at + name.len() + 4;
        let end = self.head[value..]
            .find("\r\n")
            .map_or(self.head.len(), |end| value + end);
        let middle = value + (end - value) / 2;
        let old = self.head.as_bytes()[middle];
        let new = if old == b'1' { '2' } else { '1' };
        self.head.replace_range(middle..=middle, &new.to_string());
        true
    }

    /// Makes another success of an answer that is one.
    pub fn flip_status(&mut self) -> bool {
        let changed = self.head.replacen("HTTP/1.1 200", "HTTP/1.1 201", 1);
        let was_one = changed != self.head;
        self.head = changed;
        was_one
    }

    fn read(stream: &mut TcpStream) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut chunk = [0; 16 * 1024];
        let head_end = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            match stream.read(&mut chunk).ok()? {
                0 => return None,
                read => bytes.extend_from_slice(&chunk[..read]),
            }
        };
        let head = String::from_utf8(bytes[..head_end].to_vec()).ok()?;
        let mut body = bytes[head_end..].to_vec();
        let lower = head.to_ascii_lowercase();
        let length = lower
            .lines()
            .find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        while body.len() < length.unwrap_or(0) {
            match stream.read(&mut chunk).ok()? {
                0 => return None,
                read => body.extend_from_slice(&chunk[..read]),
            }
        }
        Some(Self { head, body })
    }

    fn write(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        // One exchange for each connection keeps this small.
        let head = self.head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
        stream.write_all(head.as_bytes())?;
        stream.write_all(&self.body)
    }
}

type Change = Box<dyn Fn(&str, &mut Message) -> bool + Send>;

/// What is done to what passes, and whether something was. The request's target is given along: `GET /v1/account`.
#[derive(Default)]
struct Changes {
    request: Option<Change>,
    answer: Option<Change>,
}

/// The proxy, for as long as the test runs.
pub struct Proxy {
    /// Its address.
    pub url: String,
    changes: Arc<Mutex<Changes>>,
    changed: Arc<AtomicUsize>,
}

impl Proxy {
    /// In front of this address.
    pub fn before(url: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let upstream = url.trim_start_matches("http://").to_owned();
        let (changes, changed) = (Arc::<Mutex<Changes>>::default(), Arc::<AtomicUsize>::default());
        let proxy = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            changes: Arc::clone(&changes),
            changed: Arc::clone(&changed),
        };
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (upstream, changes, changed) = (upstream.clone(), Arc::clone(&changes), Arc::clone(&changed));
                // A client that goes away early ends its own thread.
                std::thread::spawn(move || pass(client, &upstream, &changes, &changed));
            }
        });
        proxy
    }

    /// Changes requests from now on.
    pub fn change_requests(&self, change: impl Fn(&str, &mut Message) -> bool + Send + 'static) {
        *self.changes.lock().unwrap() = Changes {
            request: Some(Box::new(change)),
            answer: None,
        };
        self.changed.store(0, Ordering::SeqCst);
    }

    /// Changes answers from now on.
    pub fn change_answers(&self, change: impl Fn(&str, &mut Message) -> bool + Send + 'static) {
        *self.changes.lock().unwrap() = Changes {
            request: None,
            answer: Some(Box::new(change)),
        };
        self.changed.store(0, Ordering::SeqCst);
    }

    /// How many messages were changed since it was last said which.
    pub fn changed(&self) -> usize {
        self.changed.load(Ordering::SeqCst)
    }
}

fn pass(mut client: TcpStream, upstream: &str, changes: &Mutex<Changes>, changed: &AtomicUsize) -> Option<()> {
    let mut request = Message::read(&mut client)?;
    let target: Vec<_> = request.head.split(' ').take(2).map(str::to_owned).collect();
    let target = target.join(" ");
    if changes
        .lock()
        .unwrap()
        .request
        .as_ref()
        .is_some_and(|change| change(&target, &mut request))
    {
        changed.fetch_add(1, Ordering::SeqCst);
    }
    let mut server = TcpStream::connect(upstream).ok()?;
    request.write(&mut server).ok()?;
    let mut answer = Message::read(&mut server)?;
    if changes
        .lock()
        .unwrap()
        .answer
        .as_ref()
        .is_some_and(|change| change(&target, &mut answer))
    {
        changed.fetch_add(1, Ordering::SeqCst);
    }
    answer.write(&mut client).ok()
}
