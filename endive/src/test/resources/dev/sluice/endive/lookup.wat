;; Resolves a host name, the first argument: exits 0 if it has addresses, of loopback only; 1 if it has none; and 100 +
;; code with the error that the lookup begins or ends with. Built with wat2wasm (Debian's wabt).
(module
  (import "wasi:sockets/instance-network@0.2.0" "instance-network" (func $network (result i32)))
  (import "wasi:sockets/ip-name-lookup@0.2.0" "resolve-addresses" (func $resolve (param i32 i32 i32 i32)))
  (import "wasi:sockets/ip-name-lookup@0.2.0" "[method]resolve-address-stream.resolve-next-address"
    (func $next (param i32 i32)))
  (import "wasi:sockets/ip-name-lookup@0.2.0" "[method]resolve-address-stream.subscribe"
    (func $subscribe (param i32) (result i32)))
  (import "wasi:sockets/ip-name-lookup@0.2.0" "[resource-drop]resolve-address-stream" (func $drop-stream (param i32)))
  (import "wasi:io/poll@0.2.0" "[method]pollable.block" (func $block (param i32)))
  (import "wasi:io/poll@0.2.0" "[resource-drop]pollable" (func $drop-pollable (param i32)))
  (import "wasi:cli/environment@0.2.0" "get-arguments" (func $arguments (param i32)))
  (import "wasi:cli/exit@0.2.4" "exit-with-code" (func $exit (param i32)))

  (memory (export "memory") 1)
  (global $free (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $free) (i32.const 7)) (i32.const -8)))
    (global.set $free (i32.add (local.get $at) (local.get $size)))
    (local.get $at))

  (func $ok (param $result i32) (param $error i32)
    (if (i32.load8_u (local.get $result))
      (then (call $exit (i32.add (i32.const 100) (i32.load8_u (local.get $error)))))))

  (func (export "wasi:cli/run@0.2.0#run") (result i32)
    (local $stream i32) (local $pollable i32) (local $count i32)
    (call $arguments (i32.const 16))
    (call $resolve (call $network)
      (i32.load (i32.load (i32.const 16))) (i32.load offset=4 (i32.load (i32.const 16))) (i32.const 32))
    (call $ok (i32.const 32) (i32.const 36))
    (local.set $stream (i32.load (i32.const 36)))
    (local.set $pollable (call $subscribe (local.get $stream)))
    (call $block (local.get $pollable))
    (call $drop-pollable (local.get $pollable))
    (loop $more
      ;; result at 64, option at 66, ip-address at 68, its bytes at 70
      (call $next (local.get $stream) (i32.const 64))
      (call $ok (i32.const 64) (i32.const 66))
      (if (i32.load8_u (i32.const 66))
        (then
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (if (i32.load8_u (i32.const 68))
            (then ;; ::1, whose last group is 1
              (if (i32.or (i64.ne (i64.load (i32.const 70)) (i64.const 0))
                    (i64.ne (i64.load (i32.const 78)) (i64.const 0x0001000000000000)))
                (then unreachable)))
            (else ;; 127.x.x.x
              (if (i32.ne (i32.load8_u (i32.const 70)) (i32.const 127)) (then unreachable))))
          (br $more))))
    (call $drop-stream (local.get $stream))
    (i32.eqz (local.get $count))))
