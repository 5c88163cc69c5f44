package dev.binnacle.insight.slo;

/**
 * An objective that somebody has written down.
 *
 * @param title for people
 * @param file where
 * @param line of it, counted from 1
 */
public record Objective(String name, String title, String file, int line) {}
