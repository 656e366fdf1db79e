//! Sends its message as a syslog datagram (RFC 5424) to the loopback address, waiting for the gate if it is closed.
//! Arguments: family=ipv4|ipv6, port=PORT, message=TEXT.
//!
//! It asks for its interfaces in three versions, as guests made of several libraries do.
#![no_std]

use core::{cell::UnsafeCell, mem::MaybeUninit, panic::PanicInfo, slice};

type Handle = i32;

/// What `result<T, error-code>` looks like in memory, for each T used here.
#[repr(C)]
struct ResultHandle { is_error: u8, value: Handle }
#[repr(C)]
struct ResultStreams { is_error: u8, incoming: Handle, outgoing: Handle }
#[repr(C)]
struct ResultCount { is_error: u8, value: u64 }
#[repr(C)]
struct ResultNothing { is_error: u8, error: u8 }
#[repr(C)]
struct Text { data: *const u8, length: usize }
#[repr(C)]
struct Texts { data: *const Text, length: usize }
/// An outgoing datagram without an address of its own.
#[repr(C)]
struct ToPeer { data: *const u8, length: usize, has_address: u8, address: [u32; 8] }

#[link(wasm_import_module = "wasi:sockets/instance-network@0.2.0")]
extern "C" {
    #[link_name = "instance-network"]
    fn instance_network() -> Handle;
}
#[link(wasm_import_module = "wasi:sockets/udp-create-socket@0.2.3")]
extern "C" {
    #[link_name = "create-udp-socket"]
    fn create_udp_socket(family: i32, result: *mut ResultHandle);
}
#[link(wasm_import_module = "wasi:sockets/udp@0.2.12")]
extern "C" {
    #[link_name = "[method]udp-socket.start-bind"]
    fn start_bind(socket: Handle, network: Handle, kind: i32, a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32,
        h: i32, i: i32, j: i32, k: i32, result: *mut ResultNothing);
    #[link_name = "[method]udp-socket.finish-bind"]
    fn finish_bind(socket: Handle, result: *mut ResultNothing);
    #[link_name = "[method]udp-socket.stream"]
    fn stream(socket: Handle, is_some: i32, kind: i32, a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32,
        h: i32, i: i32, j: i32, k: i32, result: *mut ResultStreams);
    #[link_name = "[method]outgoing-datagram-stream.check-send"]
    fn check_send(outgoing: Handle, result: *mut ResultCount);
    #[link_name = "[method]outgoing-datagram-stream.send"]
    fn send(outgoing: Handle, datagrams: *const ToPeer, count: usize, result: *mut ResultCount);
    #[link_name = "[method]outgoing-datagram-stream.subscribe"]
    fn subscribe(outgoing: Handle) -> Handle;
}
#[link(wasm_import_module = "wasi:io/poll@0.2.0")]
extern "C" {
    #[link_name = "[method]pollable.block"]
    fn block(pollable: Handle);
    #[link_name = "[resource-drop]pollable"]
    fn drop_pollable(pollable: Handle);
}
#[link(wasm_import_module = "wasi:cli/environment@0.2.3")]
extern "C" {
    #[link_name = "get-arguments"]
    fn get_arguments(result: *mut Texts);
}

/// Calls an imported function that writes its result to an address.
fn result<T>(call: impl FnOnce(*mut T)) -> T {
    let mut result = MaybeUninit::zeroed();
    call(result.as_mut_ptr());
    // SAFETY: the canonical ABI has the host fill the result in; every field is an integer, so zeroes are valid too.
    unsafe { result.assume_init() }
}

/// The memory for the arguments, which nobody gives back.
struct Heap(UnsafeCell<([u64; 512], usize)>);
// SAFETY: a guest has one thread.
unsafe impl Sync for Heap {}
static HEAP: Heap = Heap(UnsafeCell::new(([0; 512], 0)));

#[export_name = "cabi_realloc"]
unsafe extern "C" fn cabi_realloc(_old: *mut u8, _old_size: usize, alignment: usize, size: usize) -> *mut u8 {
    let (memory, used) = &mut *HEAP.0.get();
    let start = (*used + alignment - 1) & !(alignment - 1);
    *used = start + size;
    assert!(*used <= 4096 && alignment <= 8);
    (memory.as_mut_ptr() as *mut u8).add(start)
}

fn argument<'a>(arguments: &'a Texts, name: &[u8]) -> Option<&'a [u8]> {
    // SAFETY: the host made a list of so many texts of such lengths.
    let texts = unsafe { slice::from_raw_parts(arguments.data, arguments.length) };
    texts.iter().map(|t| unsafe { slice::from_raw_parts(t.data, t.length) }).find_map(|t| t.strip_prefix(name))
}

fn run() -> Option<()> {
    let arguments = result(|r| unsafe { get_arguments(r) });
    let port = argument(&arguments, b"port=").unwrap_or(b"514").iter().fold(0, |n, c| n * 10 + (c - b'0') as i32);
    let message = argument(&arguments, b"message=").unwrap_or(b"the gate is open");
    let v6 = argument(&arguments, b"family=") == Some(b"ipv6");

    let socket = ok(result(|r: *mut ResultHandle| unsafe { create_udp_socket(v6 as i32, r) }), |r| r.is_error)?.value;
    let bound = result(|r| unsafe {
        let network = instance_network();
        start_bind(socket, network, v6 as i32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, r)
    });
    ok(bound, |r: &ResultNothing| r.is_error)?;
    ok(result(|r: *mut ResultNothing| unsafe { finish_bind(socket, r) }), |r| r.is_error)?;
    let streams = result(|r: *mut ResultStreams| unsafe {
        if v6 {
            stream(socket, 1, 1, port, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, r)
        } else {
            stream(socket, 1, 0, port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, r)
        }
    });
    let outgoing = ok(streams, |r| r.is_error)?.outgoing;

    let mut line = [0; 1024];
    let header = b"<14>1 - - sluice - - - ";
    let length = header.len() + message.len();
    line.get_mut(..header.len())?.copy_from_slice(header);
    line.get_mut(header.len()..length)?.copy_from_slice(message);
    let datagram = ToPeer { data: line.as_ptr(), length, has_address: 0, address: [0; 8] };
    loop {
        let permit = ok(result(|r: *mut ResultCount| unsafe { check_send(outgoing, r) }), |r| r.is_error)?;
        if permit.value > 0 {
            let sent = ok(result(|r: *mut ResultCount| unsafe { send(outgoing, &datagram, 1, r) }), |r| r.is_error)?;
            if sent.value == 1 {
                return Some(());
            }
        }
        unsafe {
            let writable = subscribe(outgoing);
            block(writable);
            drop_pollable(writable);
        }
    }
}

fn ok<T>(result: T, is_error: impl FnOnce(&T) -> u8) -> Option<T> {
    if is_error(&result) == 0 { Some(result) } else { None }
}

#[export_name = "wasi:cli/run@0.2.3#run"]
extern "C" fn exported_run() -> i32 {
    run().is_none() as i32
}

#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
