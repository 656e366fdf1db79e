// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes README, and all that its links lead to in the repository, as a static site: pages as HTML, other files as they are, a
 * folder as the list of its files. Everything has the place that it has in the repository, so links stay relative.
 */
public final class Site {
    private static final Path README = Path.of("README.md");
    private static final Path STYLE = Path.of("site.css");

    private final Path repository;
    private final Path site;
    private final Navigation navigation;

    /** Files and folders that are linked to, by their place in the repository; and those that have not been written yet. */
    private final Set<Path> reached = new HashSet<>();

    private final Queue<Path> unwritten = new ArrayDeque<>();

    private Site(Path repository, Path site) throws IOException {
        this.repository = repository;
        this.site = site;
        this.navigation = Navigation.read(repository, Files.exists(site.resolve(Navigation.JAVADOC)));
    }

    /**
     * Writes the site.
     *
     * @param arguments the repository's folder, and the site's
     */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    /** Writes the site of a repository into a folder. If javadoc is there already, pages link to it. */
    static void write(Path repository, Path folder) throws IOException {
        Site site = new Site(repository.toAbsolutePath().normalize(), folder);
        site.reach(README);
        site.navigation.pages().forEach(site::reach);
        while (!site.unwritten.isEmpty()) {
            site.write(site.unwritten.remove());
        }
        try (InputStream style = Site.class.getResourceAsStream("site.css")) {
            Files.copy(style, folder.resolve(STYLE), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void reach(Path place) {
        if (reached.add(place)) {
            unwritten.add(place);
        }
    }

    private void write(Path place) throws IOException {
        Path source = repository.resolve(place);
        Path target = site.resolve(target(place));
        Files.createDirectories(target.getParent());
        if (Files.isDirectory(source)) {
            Files.writeString(target, html(place, new Page(list(place))));
        } else if (isPage(place)) {
            Files.writeString(target, html(place, new Page(Files.readString(source))));
        } else {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A folder without a page of its own. */
    private String list(Path folder) throws IOException {
        Path source = repository.resolve(folder);
        try (Stream<Path> files = Files.walk(source)) {
            return files.filter(Files::isRegularFile)
                    .map(source::relativize)
                    .filter(file -> !file.startsWith("target"))
                    .sorted()
                    .map(file -> "- [" + file + "](" + file + ")\n")
                    .collect(Collectors.joining("", "# " + folder + "\n", ""));
        }
    }

    private String html(Path place, Page page) {
        String title = page.title();
        page.relink(link -> relinked(place, link));
        return navigation.around(title, page.html(), other -> relative(place, other), relative(place, STYLE));
    }

    /** A link of a page, to where its target lies in the site. */
    private String relinked(Path page, String link) {
        if (link.matches("[a-z]+:.*") || link.startsWith("#")) {
            return link;
        }
        List<String> parts = List.of(link.split("#", 2));
        Path folder = Files.isDirectory(repository.resolve(page)) ? page : page.resolveSibling("");
        Path place = folder.resolve(parts.get(0)).normalize();
        if (place.startsWith("..") || !Files.exists(repository.resolve(place))) {
            throw new IllegalStateException(page + " links to " + link + ", which is not there");
        }
        if (Files.exists(repository.resolve(place).resolve(README))) {
            place = place.resolve(README);
        }
        reach(place);
        return relative(page, place) + (parts.size() == 1 ? "" : "#" + parts.get(1));
    }

    private String relative(Path from, Path to) {
        Path folder = site.resolve(target(from)).getParent();
        return folder.relativize(site.resolve(target(to))).toString().replace('\\', '/');
    }

    /** Where something of the repository lies in the site. */
    private Path target(Path place) {
        if (Files.isDirectory(repository.resolve(place))) {
            return place.resolve("index.html");
        }
        String name = place.getFileName().toString();
        return !isPage(place)
                ? place
                : place.resolveSibling(name.equals(README.toString()) ? "index.html" : name.replaceAll("md$", "html"));
    }

    private static boolean isPage(Path place) {
        return place.toString().endsWith(".md");
    }
}
