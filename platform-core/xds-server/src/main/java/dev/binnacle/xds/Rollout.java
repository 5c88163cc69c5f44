package dev.binnacle.xds;

/** In which order proxies hear of a publication. */
public enum Rollout {
    /** All at the same time. */
    AT_ONCE,
    /**
     * A few proxies first, chosen so that each changed resource is tried by one; the others when these have taken it, or
     * have not answered within a second. When one refuses, the others do not hear of it before the next publication.
     */
    TRIED_FIRST
}
