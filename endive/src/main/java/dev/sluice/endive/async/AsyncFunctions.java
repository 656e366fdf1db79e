// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Handles;
import dev.sluice.endive.abi.InterfaceFunctions;
import dev.sluice.endive.abi.InterfaceFunctions.ResultBody;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.abi.Spilled;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Declares asynchronous functions of one interface. Each can be imported in two forms: one waits for the result, the other
 * returns at once, with a subtask if the result is not there yet.
 *
 * @param <E> as for {@link InterfaceFunctions}
 */
public final class AsyncFunctions<E extends Exception> {
    private static final String ASYNC_LOWER = "[async-lower]";

    /** Begins a function. Its future completes, on any thread, with what lowers the result; or with an E. */
    @FunctionalInterface
    public interface Body<E extends Exception> {
        CompletableFuture<ResultBody<E>> begin(Call call) throws E;
    }

    /** What has another future's result and fails as it does; cancelling it cancels the other. */
    public static <S, E extends Exception> CompletableFuture<ResultBody<E>> result(
            CompletableFuture<S> source, Function<S, ResultBody<E>> lowering) {
        CompletableFuture<ResultBody<E>> result = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                return source.cancel(mayInterrupt) && super.cancel(mayInterrupt);
            }
        };
        source.whenComplete((value, error) -> {
            if (error == null) {
                result.complete(lowering.apply(value));
            } else {
                result.completeExceptionally(error);
            }
        });
        return result;
    }

    private final InterfaceFunctions<E> functions;
    private final Tasks tasks;

    public AsyncFunctions(InterfaceFunctions<E> functions, Tasks tasks) {
        this.functions = functions;
        this.tasks = tasks;
    }

    /** A function without a result. */
    public AsyncFunctions<E> plain(String name, String parameters, Body<E> body) {
        return result(name, parameters, null, body);
    }

    /** A function that returns a {@code result<…, E>}. */
    public AsyncFunctions<E> result(String name, String parameters, ResultLayout layout, Body<E> body) {
        String pointer = layout == null ? "" : " return-pointer";
        Implementation function = new Implementation(layout, parameters.startsWith("handle"), body);
        functions.plain(name, parameters + pointer, function::await);
        Spilled spilled = new Spilled(parameters);
        functions.plain(
                ASYNC_LOWER + name,
                spilled.signature() + pointer + " -> i32",
                call -> function.begin(call, spilled.load(call)));
        return this;
    }

    private final class Implementation {
        private final ResultLayout layout;
        private final boolean isMethod;
        private final Body<E> body;

        Implementation(ResultLayout layout, boolean isMethod, Body<E> body) {
            this.layout = layout;
            this.isMethod = isMethod;
            this.body = body;
        }

        long await(Call call) throws InterruptedException {
            int result = resultPointer(call);
            CompletableFuture<ResultBody<E>> future = start(call);
            tasks.loop.runPending(); // which may be all that it takes
            if (!future.isDone()) {
                tasks.current().ensureMayBlock();
                future.whenComplete((value, error) -> tasks.loop.run(() -> {})); // to wake this thread
            }
            while (!future.isDone()) {
                tasks.loop.runNext();
            }
            lower(call, result, future);
            return 0;
        }

        long begin(Call call, Call arguments) {
            int result = resultPointer(call);
            CompletableFuture<ResultBody<E>> future = start(arguments);
            if (future.isDone()) {
                lower(call, result, future);
                return Subtask.RETURNED;
            }
            Handles.Loan self = isMethod ? call.handles().lend(arguments.i32(0)) : null;
            Subtask subtask = new Subtask(self, () -> future.cancel(false));
            int handle = subtask.addTo(call.handles());
            future.whenComplete((value, error) -> tasks.loop.run(() -> {
                if (future.isCancelled()) {
                    subtask.resolve(Subtask.CANCELLED_BEFORE_RETURNED);
                } else {
                    lower(call, result, future);
                    subtask.resolve(Subtask.RETURNED);
                }
            }));
            return Subtask.STARTED | handle << 4;
        }

        private int resultPointer(Call call) {
            return layout == null ? 0 : call.returnPointer(layout);
        }

        private CompletableFuture<ResultBody<E>> start(Call call) {
            try {
                return body.begin(call);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) { // an E
                return CompletableFuture.failedFuture(e);
            }
        }

        private void lower(Call call, int result, CompletableFuture<ResultBody<E>> future) {
            if (layout == null) {
                return;
            }
            try {
                functions.lower(
                        call, result, layout, (c, payload) -> value(future).run(c, payload));
            } catch (InterruptedException e) {
                throw new AssertionError("lowering a result does not wait", e);
            }
        }

        @SuppressWarnings("unchecked")
        private ResultBody<E> value(CompletableFuture<ResultBody<E>> future) throws E {
            try {
                return future.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException bug) {
                    throw bug;
                }
                throw (E) e.getCause();
            } catch (CancellationException e) {
                throw new IllegalStateException("cancelled by the host", e);
            }
        }
    }
}
