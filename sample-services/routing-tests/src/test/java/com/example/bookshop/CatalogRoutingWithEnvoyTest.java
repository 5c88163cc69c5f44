package com.example.bookshop;

import dev.binnacle.testkit.WithEnvoy;

/** The same tests, and every request really goes through an Envoy. */
@WithEnvoy
class CatalogRoutingWithEnvoyTest extends CatalogRoutingTest {}
