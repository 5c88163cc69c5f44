package dev.binnacle.mesh.ir;

/** What a port speaks, as far as Envoy treats it differently. */
public enum Protocol {
    /** HTTP/1.1 to the application. */
    HTTP,
    /** HTTP/2 to the application. */
    HTTP2,
    /** HTTP/2 to the application, gRPC above it. */
    GRPC,
    /** Bytes. */
    TCP,
    /** TLS that the clients and servers speak themselves: bytes, but for the name that clients ask for. */
    TLS;

    /** Tells whether requests are seen one by one. */
    public boolean isHttp() {
        return this != TCP && this != TLS;
    }

    /** Tells whether the application is spoken to by HTTP/2. */
    public boolean isHttp2() {
        return this == HTTP2 || this == GRPC;
    }
}
