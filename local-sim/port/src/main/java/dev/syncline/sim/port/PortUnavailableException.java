// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

/** The port cannot be listened on; the message is one line that names the port and what to do. */
public final class PortUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which of the ports it is. */
  public enum Which {
    /** {@link PortSettings#port()}. */
    PLAIN("port"),
    /** {@link PortSettings#tlsPort()}. */
    TLS("TLS port"),
    /** {@link PortSettings#secondTlsPort()}. */
    SECOND_TLS("second TLS port"),
    /** A port of {@link PortServer#open}. */
    FURTHER("further port");

    private final String title;

    Which(String title) {
      this.title = title;
    }
  }

  private final Which which;

  PortUnavailableException(Which which, int port, String address, Throwable cause) {
    super(
        "cannot listen on "
            + which.title
            + " "
            + port
            + " of "
            + address
            + " ("
            + cause.getMessage()
            + "); stop the program that uses it or choose another",
        cause);
    this.which = which;
  }

  /** Which of the ports it is. */
  public Which which() {
    return which;
  }
}
