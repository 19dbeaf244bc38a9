// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that depend on the settings; requests of browsers are tested on the port. */
class GuardTest {
  private static HttpRequest request(String remote, String... headers) {
    return new HttpRequest("GET", "/p", "", Headers.of(headers), new byte[0], remote, false);
  }

  private static Guard listeningOn(String address) throws UnknownHostException {
    return new Guard(
        name -> name.equals("served"),
        new GuardSettings(InetAddress.getByName(address), List.of(), FunctionPeers.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 192.168.1.5:4566, false",
    "192.168.1.5, 192.168.1.5:4566, true",
    "192.168.1.5, 192.168.1.6:4566, false",
    "192.168.1.5, 127.0.0.1:4566, true",
    "192.168.1.5, served, true",
    "192.168.1.5, evil.example, false",
    "::1, [::1]:4566, true",
    "0.0.0.0, 192.168.1.5:4566, true",
    "0.0.0.0, [fe80::1]:4566, true",
    "0.0.0.0, 0.0.0.0:4566, false",
    "0.0.0.0, evil.example, false",
  })
  void theAddressListenedOnIsAGoodHost(String address, String host, boolean good) throws Exception {
    assertThat(listeningOn(address).hostFault(request("127.0.0.1", "Host", host)).isEmpty())
        .isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, LOCAL_PROGRAMS, true",
    "127.9.9.9, LOCAL_PROGRAMS, true",
    "0:0:0:0:0:0:0:1, LOCAL_PROGRAMS, true",
    "192.168.1.9, LOCAL_PROGRAMS, false",
    "'', LOCAL_PROGRAMS, false",
    "192.168.1.9, PROGRAMS, true",
    "192.168.1.9, WEB_PAGES, true",
  })
  void endpointsForThisMachineAnswerNoOther(String remote, Access access, boolean good)
      throws Exception {
    HttpRequest request = request(remote, "Host", "192.168.1.5");
    assertThat(listeningOn("192.168.1.5").fault(request, Guard.Connection.NONE, access).isEmpty())
        .isEqualTo(good);
  }

  @Test
  void aFunctionReachesWhatIsForProgramsButNotWhatIsForTheDeveloper() {
    var guard =
        new Guard(
            name -> false,
            new GuardSettings(
                InetAddress.getLoopbackAddress(),
                List.of(),
                (client, server) -> client == 1000 && server == 4566));
    HttpRequest request = request("127.0.0.1", "Host", "localhost");
    var function = new Guard.Connection(1000, 4566);
    var program = new Guard.Connection(1001, 4566);

    assertThat(guard.fault(request, function, Access.LOCAL_PROGRAMS)).isPresent();
    assertThat(guard.fault(request, function, Access.PROGRAMS)).isEmpty();
    assertThat(guard.fault(request, program, Access.LOCAL_PROGRAMS)).isEmpty();
  }
}
