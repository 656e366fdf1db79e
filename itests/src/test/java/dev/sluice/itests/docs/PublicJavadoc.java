// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The doc comments that a published javadoc shows: those of public and protected elements, and of packages. */
final class PublicJavadoc extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> comments = new ArrayList<>();

    private PublicJavadoc(DocTrees docs) {
        this.docs = docs;
    }

    /** The comments of one source file, without the slashes and asterisks. */
    static List<String> in(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
            PublicJavadoc scanner = new PublicJavadoc(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                scanner.scan(unit, null);
            }
            return scanner.comments;
        }
    }

    @Override
    public Void visitPackage(PackageTree tree, Void unused) {
        return keepComment();
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
        if (!isPublic(tree.getModifiers())) {
            return null;
        }
        keepComment();
        return super.visitClass(tree, unused);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
        return isPublic(tree.getModifiers()) ? keepComment() : null;
    }

    @Override
    public Void visitVariable(VariableTree tree, Void unused) {
        return isPublic(tree.getModifiers()) ? keepComment() : null;
    }

    /** Members of an interface are public unless they say otherwise; so are the constants of an enum. */
    private boolean isPublic(ModifiersTree modifiers) {
        if (modifiers.getFlags().contains(Modifier.PUBLIC)
                || modifiers.getFlags().contains(Modifier.PROTECTED)) {
            return true;
        }
        Tree around = getCurrentPath().getParentPath().getLeaf();
        return around.getKind() == Tree.Kind.INTERFACE && !modifiers.getFlags().contains(Modifier.PRIVATE);
    }

    private Void keepComment() {
        String comment = docs.getDocComment(getCurrentPath());
        if (comment != null) {
            comments.add(comment);
        }
        return null;
    }
}
