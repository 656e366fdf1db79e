// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.IpAddressFamily;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.opentest4j.TestAbortedException;

/** Runs one test method in the process that {@link RunsInNamespace} starts, without JUnit's engine. */
final class NamespaceMain {
    private NamespaceMain() {}

    /**
     * Runs a test, and ends the process with its result.
     *
     * @param arguments the family, the class that declares the method, the method, and the classes of the test instances,
     *     the outermost first; each of them has a constructor that takes nothing but the instance around it
     */
    public static void main(String[] arguments) {
        endWithParent();
        try {
            run(arguments);
            System.exit(0);
        } catch (TestAbortedException e) {
            System.out.println(e.getMessage());
            System.exit(RunsInNamespace.ABORTED);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(RunsInNamespace.FAILED);
        }
    }

    /** Standard input ends when the process that started this one does. */
    private static void endWithParent() {
        Thread watcher = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {}
            } catch (IOException e) { // ended too
            }
            Runtime.getRuntime().halt(RunsInNamespace.FAILED);
        });
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void run(String[] arguments) throws Throwable {
        ProviderUnderTest underTest = null;
        Object instance = null;
        for (int i = 3; i < arguments.length; i++) {
            instance = newInstance(Class.forName(arguments[i]), instance);
            underTest = instance instanceof ProviderUnderTest found ? found : underTest;
        }
        RuleTest test = (RuleTest) instance;
        test.family = IpAddressFamily.valueOf(arguments[0]);
        test.underTest = underTest;
        test.provider = underTest.newProvider();
        Method method = Class.forName(arguments[1]).getDeclaredMethod(arguments[2]);
        method.setAccessible(true);
        try {
            method.invoke(test);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            test.closeEverything();
            RuleTest.closeProvider(test.provider);
        }
    }

    private static Object newInstance(Class<?> type, Object around) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.getParameterCount() == 0 ? constructor.newInstance() : constructor.newInstance(around);
    }
}
