import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs contenders alternately, so that other load of the machine disturbs all alike, and prints the median of each.
 *
 * <p>Arguments: the number of rounds, then {@code --name NAME COMMAND...} for each. A contender is a process that answers
 * each line of its input, when it is done with its work, with a line that holds a number.
 */
final class Compare {
    private static final int WARM_UP = 5;

    private final Process process;
    private final Writer toIt;
    private final BufferedReader fromIt;
    private final List<Long> measured = new ArrayList<>();

    private Compare(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        toIt = process.outputWriter();
        fromIt = process.inputReader();
    }

    private void round(boolean counts) throws IOException {
        toIt.write("\n");
        toIt.flush();
        String line = fromIt.readLine();
        if (line == null) {
            throw new IOException("it has ended: " + process.info().commandLine().orElse("?"));
        }
        if (counts) {
            measured.add(Long.parseLong(line.strip()));
        }
    }

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Map<String, Compare> contenders = new LinkedHashMap<>();
        for (int at = 1; at < args.length; ) {
            int end = at + 2;
            while (end < args.length && !args[end].equals("--name")) {
                end++;
            }
            contenders.put(args[at + 1], new Compare(Arrays.asList(args).subList(at + 2, end)));
            at = end;
        }
        try {
            for (int round = -WARM_UP; round < rounds; round++) {
                for (Compare contender : contenders.values()) {
                    contender.round(round >= 0);
                }
            }
        } finally {
            contenders.values().forEach(contender -> contender.process.destroy());
        }
        System.out.println("ns per datagram: median of " + rounds + " rounds (least to most)");
        contenders.forEach((name, contender) -> {
            contender.measured.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "  %-34s %8d  (%d to %d)%n",
                    name,
                    contender.measured.get(rounds / 2),
                    contender.measured.get(0),
                    contender.measured.get(rounds - 1));
        });
    }
}
