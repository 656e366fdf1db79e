//! Sends what it reads from its standard input, a datagram a line, to a port of the loopback address, and says on its
//! standard output how many it sent. Argument: port=PORT. The environment variable COUNT_ONLY keeps it from sending.
//!
//! The standard library is made for WASI preview 1; the sockets come from WASI 0.2: one module imports both, and
//! exports `_start`.
use std::io::{self, BufRead};
use std::{env, process};

#[repr(C)]
struct Outcome<T> { is_error: u8, value: T }
#[repr(C)]
struct Datagram { data: *const u8, length: usize, has_address: u8, address: [u32; 8] }

#[link(wasm_import_module = "wasi:sockets/instance-network@0.2.0")]
extern "C" {
    #[link_name = "instance-network"]
    fn instance_network() -> i32;
}
#[link(wasm_import_module = "wasi:sockets/udp-create-socket@0.2.0")]
extern "C" {
    #[link_name = "create-udp-socket"]
    fn create_udp_socket(family: i32, result: *mut Outcome<i32>);
}
#[link(wasm_import_module = "wasi:sockets/udp@0.2.0")]
extern "C" {
    #[link_name = "[method]udp-socket.start-bind"]
    fn start_bind(socket: i32, network: i32, kind: i32, a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32,
        h: i32, i: i32, j: i32, k: i32, result: *mut Outcome<u8>);
    #[link_name = "[method]udp-socket.finish-bind"]
    fn finish_bind(socket: i32, result: *mut Outcome<u8>);
    #[link_name = "[method]udp-socket.stream"]
    fn stream(socket: i32, is_some: i32, kind: i32, a: i32, b: i32, c: i32, d: i32, e: i32, f: i32, g: i32,
        h: i32, i: i32, j: i32, k: i32, result: *mut Outcome<[i32; 2]>);
    #[link_name = "[method]outgoing-datagram-stream.check-send"]
    fn check_send(outgoing: i32, result: *mut Outcome<u64>);
    #[link_name = "[method]outgoing-datagram-stream.send"]
    fn send(outgoing: i32, datagrams: *const Datagram, count: usize, result: *mut Outcome<u64>);
}

fn call<T: Default>(what: &str, function: impl FnOnce(*mut Outcome<T>)) -> T {
    let mut outcome = Outcome { is_error: 0, value: T::default() };
    function(&mut outcome);
    if outcome.is_error != 0 {
        eprintln!("{} failed", what);
        process::exit(3);
    }
    outcome.value
}

fn main() {
    let port: i32 = env::args().find_map(|a| a.strip_prefix("port=")?.parse().ok()).expect("port=PORT");
    let outgoing = unsafe {
        let socket = call("create-udp-socket", |r| create_udp_socket(0, r));
        call("start-bind", |r| start_bind(socket, instance_network(), 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, r));
        call("finish-bind", |r| finish_bind(socket, r));
        call("stream", |r| stream(socket, 1, 0, port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, r))[1]
    };
    let mut sent = 0;
    for line in io::stdin().lock().lines() {
        let line = line.expect("text");
        if env::var_os("COUNT_ONLY").is_none() {
            let datagram = Datagram { data: line.as_ptr(), length: line.len(), has_address: 0, address: [0; 8] };
            while call("check-send", |r| unsafe { check_send(outgoing, r) }) == 0
                || call("send", |r| unsafe { send(outgoing, &datagram, 1, r) }) == 0 {}
        }
        sent += 1;
    }
    println!("{} lines", sent);
}
