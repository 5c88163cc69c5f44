package dev.binnacle.agent;

import java.nio.file.Path;

/**
 * Where samples wait.
 *
 * @param bytes the most for each receiver
 */
record Storage(Path folder, long bytes) {}
