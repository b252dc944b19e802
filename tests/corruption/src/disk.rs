//! A file system that fails at the Nth operation: SQLite's own, with a counter in front of every call that may fail. Only files
//! below the folder that was named are counted.
//!
//! It is registered as SQLite's default once and stays; while nothing is armed it only passes on.

use rusqlite::ffi;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicPtr, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// How it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fails {
    /// One operation.
    Once,
    /// That one and every one after it.
    FromThenOn,
}

static REAL: AtomicPtr<ffi::sqlite3_vfs> = AtomicPtr::new(std::ptr::null_mut());
/// Operations counted since it was armed.
static COUNTED: AtomicI64 = AtomicI64::new(0);
/// The first that fails, and the first after it that does not.
static FIRST: AtomicI64 = AtomicI64::new(i64::MAX);
static END: AtomicI64 = AtomicI64::new(i64::MAX);
static FOLDER: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Armed as long as it lives; there is one at a time in a process.
pub struct Failing(#[allow(dead_code)] MutexGuard<'static, ()>);

impl Failing {
    /// The `nth` operation on files below `folder` fails, counted from 0.
    pub fn at(folder: &Path, nth: i64, fails: Fails) -> Self {
        install();
        let alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        *FOLDER.lock().unwrap_or_else(PoisonError::into_inner) = folder.as_os_str().as_encoded_bytes().to_vec();
        COUNTED.store(0, Ordering::SeqCst);
        let end = match fails {
            Fails::Once => nth.saturating_add(1),
            Fails::FromThenOn => i64::MAX,
        };
        END.store(end, Ordering::SeqCst);
        FIRST.store(nth, Ordering::SeqCst);
        Self(alone)
    }

    /// How many operations there were.
    pub fn counted(&self) -> i64 {
        COUNTED.load(Ordering::SeqCst)
    }
}

impl Drop for Failing {
    fn drop(&mut self) {
        FIRST.store(i64::MAX, Ordering::SeqCst);
        END.store(i64::MAX, Ordering::SeqCst);
        FOLDER.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Whether the next operation fails.
fn strikes() -> bool {
    let nth = COUNTED.fetch_add(1, Ordering::SeqCst);
    (FIRST.load(Ordering::SeqCst)..END.load(Ordering::SeqCst)).contains(&nth)
}

fn is_counted(name: *const c_char) -> bool {
    let folder = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: SQLite gives a name that ends in NUL, or none.
    !folder.is_empty() && !name.is_null() && unsafe { CStr::from_ptr(name) }.to_bytes().starts_with(&folder)
}

/// A file of ours; the real one lies behind it in the same allocation.
#[repr(C)]
struct OurFile {
    base: ffi::sqlite3_file,
    counted: bool,
}

fn real_file(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: SQLite allocates `szOsFile` bytes, which is ours and the real one's together.
    unsafe { file.cast::<u8>().add(size_of::<OurFile>()).cast() }
}

fn fails(file: *mut ffi::sqlite3_file) -> bool {
    // SAFETY: every file with our methods was made by `open`.
    unsafe { (*file.cast::<OurFile>()).counted && strikes() }
}

fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the default file system lives for ever, ours is leaked, and it only names functions that pass on to it.
        unsafe {
            let real = ffi::sqlite3_vfs_find(std::ptr::null());
            REAL.store(real, Ordering::SeqCst);
            let mut ours = *real;
            ours.szOsFile += c_int::try_from(size_of::<OurFile>()).unwrap_or(c_int::MAX);
            ours.zName = c"care-failing".as_ptr();
            ours.pNext = std::ptr::null_mut();
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            ours.xAccess = Some(access);
            let registered = ffi::sqlite3_vfs_register(Box::leak(Box::new(ours)), 1);
            assert_eq!(registered, ffi::SQLITE_OK);
        }
    });
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let ours = file.cast::<OurFile>();
    // SAFETY: SQLite's own contract of `xOpen`, passed on.
    unsafe {
        (*ours).base.pMethods = std::ptr::null();
        (*ours).counted = is_counted(name);
        if (*ours).counted && strikes() {
            return ffi::SQLITE_CANTOPEN;
        }
        let real = REAL.load(Ordering::SeqCst);
        let Some(real_open) = (*real).xOpen else {
            return ffi::SQLITE_CANTOPEN;
        };
        let opened = real_open(real, name, real_file(file), flags, out);
        if !(*real_file(file)).pMethods.is_null() {
            (*ours).base.pMethods = &raw const METHODS;
        }
        opened
    }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    if is_counted(name) && strikes() {
        return ffi::SQLITE_IOERR_DELETE;
    }
    let real = REAL.load(Ordering::SeqCst);
    // SAFETY: passed on as it came.
    unsafe {
        (*real)
            .xDelete
            .map_or(ffi::SQLITE_IOERR_DELETE, |call| call(real, name, sync))
    }
}

unsafe extern "C" fn access(_: *mut ffi::sqlite3_vfs, name: *const c_char, flags: c_int, out: *mut c_int) -> c_int {
    if is_counted(name) && strikes() {
        return ffi::SQLITE_IOERR_ACCESS;
    }
    let real = REAL.load(Ordering::SeqCst);
    // SAFETY: passed on as it came.
    unsafe {
        (*real)
            .xAccess
            .map_or(ffi::SQLITE_IOERR_ACCESS, |call| call(real, name, flags, out))
    }
}

/// A method that passes on to the real file, and where a failure is named fails with it when it is its turn.
macro_rules! passing_on {
    ($($name:ident => $method:ident($($argument:ident: $type:ty),*) $(fails $failure:expr)?;)+) => {$(
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file, $($argument: $type),*) -> c_int {
            $(if fails(file) { return $failure; })?
            let real = real_file(file);
            // SAFETY: passed on as it came, to the file that `open` opened.
            unsafe { (*(*real).pMethods).$method.map_or(ffi::SQLITE_IOERR, |call| call(real, $($argument),*)) }
        }
    )+};
}

passing_on! {
    close => xClose();
    read => xRead(to: *mut c_void, amount: c_int, at: i64) fails ffi::SQLITE_IOERR_READ;
    write => xWrite(from: *const c_void, amount: c_int, at: i64) fails ffi::SQLITE_IOERR_WRITE;
    truncate => xTruncate(size: i64) fails ffi::SQLITE_IOERR_TRUNCATE;
    sync => xSync(flags: c_int) fails ffi::SQLITE_IOERR_FSYNC;
    file_size => xFileSize(size: *mut i64) fails ffi::SQLITE_IOERR_FSTAT;
    lock => xLock(level: c_int) fails ffi::SQLITE_IOERR_LOCK;
    unlock => xUnlock(level: c_int);
    check_reserved_lock => xCheckReservedLock(out: *mut c_int) fails ffi::SQLITE_IOERR_CHECKRESERVEDLOCK;
    file_control => xFileControl(operation: c_int, argument: *mut c_void);
    sector_size => xSectorSize();
    device_characteristics => xDeviceCharacteristics();
    shm_map => xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void) fails ffi::SQLITE_IOERR_SHMMAP;
    shm_lock => xShmLock(offset: c_int, count: c_int, flags: c_int) fails ffi::SQLITE_IOERR_SHMLOCK;
    shm_unmap => xShmUnmap(delete: c_int);
    fetch => xFetch(at: i64, amount: c_int, out: *mut *mut c_void);
    unfetch => xUnfetch(at: i64, page: *mut c_void);
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    let real = real_file(file);
    // SAFETY: passed on as it came.
    unsafe {
        if let Some(call) = (*(*real).pMethods).xShmBarrier {
            call(real);
        }
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 3,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: Some(fetch),
    xUnfetch: Some(unfetch),
};
