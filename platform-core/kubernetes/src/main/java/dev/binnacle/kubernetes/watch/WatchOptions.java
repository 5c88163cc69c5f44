package dev.binnacle.kubernetes.watch;

import java.time.Duration;

/**
 * How watches behave.
 *
 * @param timeout how long the API server may take for an answer
 * @param staleAfter how long what was seen last is taken for what is there when a watch is broken
 * @param pageSize how many resources a list asks for at a time
 */
public record WatchOptions(Duration timeout, Duration staleAfter, int pageSize) {}
