// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class ReportTest {

    @Test
    void chartIsXmlWithABarForEachContender() throws Exception {
        String svg = Chart.ofSenders(
                List.of(outcome(Kind.EPOLL_LIST, 12.5, Double.NaN), outcome(Kind.VERTX, 0.4, Double.NaN)));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals(2, document.getElementsByTagName("rect").getLength());
        assertTrue(svg.contains("12.5×"), svg);
        assertTrue(svg.contains("0.40×"), svg);
        assertTrue(svg.indexOf("Sluice epoll, list") < svg.indexOf("Vert.x"), "the fastest goes first");
    }

    @Test
    void targetsAreJudgedByTheMedian() {
        String report = report(outcome(Kind.EPOLL_LIST, 0.91, 0.9), outcome(Kind.EPOLL_BATCH, 0.89, 0.9));
        assertTrue(report.contains("1 of 2 reached"), report);
        assertTrue(report.contains("0.90 | **missed** | 100 | 100 |"), report);
    }

    @Test
    void csvHasALineForEachOutcome() {
        String csv = new Report(
                        Map.of(),
                        List.of(outcome(Kind.EPOLL_LIST, 2, Double.NaN)),
                        new Allocation(),
                        new Latency(),
                        new Growth())
                .csv();
        assertEquals(2, csv.lines().count());
        assertFalse(csv.contains("NaN"), csv);
    }

    private static Outcome outcome(Kind ours, double ratio, double target) {
        Comparison comparison =
                new Comparison(Selection.CHART, ours, Kind.CHANNEL, Place.VETH, 64, "1200", 1, false, target);
        Statistics nanos = new Statistics(100, 90, 110);
        return new Outcome(comparison, new Statistics(ratio, ratio * 0.9, ratio * 1.1), nanos, nanos);
    }

    private static String report(Outcome... outcomes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Report(Map.of(), List.of(outcomes), new Allocation(), new Latency(), new Growth())
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
