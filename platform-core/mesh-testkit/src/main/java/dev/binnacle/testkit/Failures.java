package dev.binnacle.testkit;

/** Makes the error of an assertion that does not hold. */
interface Failures {
    AssertionError of(String expected, String actual, String destination);
}
