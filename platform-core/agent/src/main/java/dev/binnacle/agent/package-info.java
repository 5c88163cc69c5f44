/** The agent: scraping and remote write from one configuration file, in one process, without plugins to load. */
@NullMarked
package dev.binnacle.agent;

import org.jspecify.annotations.NullMarked;
