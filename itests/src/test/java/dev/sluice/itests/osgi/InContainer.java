// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;

/** The probe bundle's side of {@link PaxExamExtension}. Public for Pax Exam, which calls it by reflection. */
public final class InContainer {

    /** Runs one test method on an instance of its own; what it throws goes back to the host as it is. */
    public void run(BundleContext context, String className, String methodName, Consumer<Throwable> failed) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(getClass().getClassLoader()); // not the host's, which sees jars outside of bundles
        try {
            Class<?> test = context.getBundle().loadClass(className);
            Constructor<?> constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            Method method = test.getDeclaredMethod(methodName);
            method.setAccessible(true);
            method.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            failed.accept(e.getCause());
        } catch (Throwable thrown) {
            failed.accept(thrown);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
