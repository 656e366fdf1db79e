package dev.sluice.benchmarks;

import java.nio.file.Path;

/** What the launcher hands over. */
final class Options {
    Path reference;
    Path out = Path.of(".");
    String neighbour;
    String only = ".*";
    boolean full;
    boolean growth;
    boolean extras = true;
    int pairs = 100;
    int sliceMillis = 2;
    int warmUpMillis = 400;

    private Options() {}

    static Options parse(String[] arguments) {
        Options options = new Options();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String value = argument.substring(equals + 1);
            switch (equals < 0 ? argument : argument.substring(0, equals)) {
                case "--reference" -> options.reference = Path.of(value);
                case "--out" -> options.out = Path.of(value);
                case "--veth" -> options.neighbour = value;
                case "--full" -> options.full = true;
                case "--growth" -> options.growth = true;
                case "--only" -> {
                    options.only = ".*" + value + ".*";
                    options.extras = false;
                }
                case "--pairs" -> options.pairs = Integer.parseInt(value);
                case "--slice" -> options.sliceMillis = Integer.parseInt(value);
                case "--warm-up" -> options.warmUpMillis = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("unknown option " + argument);
            }
        }
        return options;
    }
}
