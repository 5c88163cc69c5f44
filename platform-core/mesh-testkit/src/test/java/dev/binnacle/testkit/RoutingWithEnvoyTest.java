package dev.binnacle.testkit;

/** The same assertions, and every request is sent. */
@WithEnvoy
class RoutingWithEnvoyTest extends RoutingTest {}
