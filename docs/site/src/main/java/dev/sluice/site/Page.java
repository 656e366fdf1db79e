// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A page of Markdown, as repository hosts show it: with tables, and with anchors at its headings. */
final class Page {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    /** A link of the page: what it says, and where it leads. */
    record Target(String label, String destination) {}

    private final Node document;
    private final Map<Node, String> anchors = new IdentityHashMap<>();
    private String title = "";

    Page(String markdown) {
        document = PARSER.parse(markdown);
        Map<String, Integer> uses = new HashMap<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String text = text(heading);
                title = title.isEmpty() ? text : title;
                int before = uses.merge(slug(text), 1, Integer::sum) - 1;
                anchors.put(heading, slug(text) + (before == 0 ? "" : "-" + before));
            }
        });
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString();
    }

    /** An anchor as repository hosts make it of a heading. */
    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    /** The text of the first heading. */
    String title() {
        return title;
    }

    /** Its links, in order. */
    List<Target> links() {
        List<Target> links = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                links.add(new Target(text(link), link.getDestination()));
            }
        });
        return links;
    }

    /** Has its links and pictures lead elsewhere. */
    void relink(UnaryOperator<String> elsewhere) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(elsewhere.apply(link.getDestination()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                image.setDestination(elsewhere.apply(image.getDestination()));
            }
        });
    }

    /** The page as HTML, without what stands around it. */
    String html() {
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (anchors.containsKey(node)) {
                        attributes.put("id", anchors.get(node));
                    }
                })
                .build()
                .render(document);
    }
}
