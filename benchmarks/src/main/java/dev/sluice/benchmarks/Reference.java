package dev.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** The C program, which lives as long as the run and does a slice when told to. See {@code reference.c}. */
final class Reference implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    Reference(Path program) throws IOException {
        process = new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = process.outputWriter();
        answers = process.inputReader();
    }

    /** Opens a contender of a kind: {@code loop}, {@code copy} or {@code contiguous}. */
    Contender open(String kind, Load load) throws IOException {
        String id = ask("open " + kind + " " + load.forReference()).split(" ")[1];
        return new Contender() {
            @Override
            public Slice run(long nanos) throws IOException {
                String[] answer = ask("run " + id + " " + nanos).split(" ");
                return new Slice(Long.parseLong(answer[0]), Long.parseLong(answer[1]));
            }

            @Override
            public void close() throws IOException {
                ask("close " + id);
            }
        };
    }

    private String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the C reference ended at: " + command);
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.destroy();
    }
}
