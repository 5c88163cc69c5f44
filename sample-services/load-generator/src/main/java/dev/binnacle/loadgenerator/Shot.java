package dev.binnacle.loadgenerator;

/**
 * One request to be sent.
 *
 * @param path relative to the target, without a leading slash
 * @param body the JSON to post; empty for a GET
 */
record Shot(Kind kind, String path, String body) {}
