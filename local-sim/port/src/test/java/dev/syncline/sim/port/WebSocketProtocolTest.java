// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static dev.syncline.sim.port.RawWebSocket.BINARY;
import static dev.syncline.sim.port.RawWebSocket.CLOSE;
import static dev.syncline.sim.port.RawWebSocket.CONTINUATION;
import static dev.syncline.sim.port.RawWebSocket.FINAL;
import static dev.syncline.sim.port.RawWebSocket.PING;
import static dev.syncline.sim.port.RawWebSocket.PONG;
import static dev.syncline.sim.port.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of RFC 6455, with the sections that they come from. Nothing of it leaks a buffer. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebSocketProtocolTest {
  @TempDir Path work;
  private EchoPort port;
  private RawWebSocket client;

  @BeforeEach
  void connect() throws IOException {
    port = new EchoPort(work, EchoPort.LIMITS);
    client = RawWebSocket.open(port.port());
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    client.close();
    port.close();
  }

  /** 5.4: fragments, and control frames between them. */
  @Test
  void aMessageMayComeInFragmentsWithControlFramesBetween() throws Exception {
    client
        .frame(TEXT, "one ")
        .frame(FINAL | PING, "a")
        .frame(CONTINUATION, "")
        .frame(FINAL | PONG, "nobody asked")
        .frame(CONTINUATION, "two ")
        .frame(FINAL | PING, "b")
        .frame(FINAL | CONTINUATION, "three");
    assertThat(client.next()).matches(pong -> pong.first() == (FINAL | PONG)).satisfies(is("a"));
    assertThat(client.next()).matches(pong -> pong.first() == (FINAL | PONG)).satisfies(is("b"));
    assertThat(client.next())
        .matches(text -> text.first() == (FINAL | TEXT))
        .satisfies(is("one two three"));
  }

  /** 5.2: the three ways to write a length; answers use the shortest. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 100_000})
  void aMessageOfAnyLengthComesBack(int length) throws Exception {
    String text = "x".repeat(length);
    client.frame(FINAL | TEXT, text);
    assertThat(client.next()).satisfies(is(text));
  }

  /** 5.4: a character may be cut by a fragment's end. */
  @Test
  void aCharacterMayBeSplitAcrossFragments() throws Exception {
    byte[] smile = "😀".getBytes(StandardCharsets.UTF_8);
    client
        .frame(TEXT, smile[0])
        .frame(CONTINUATION, smile[1], smile[2])
        .frame(FINAL | CONTINUATION, smile[3]);
    assertThat(client.next()).satisfies(is("😀"));
  }

  /** 8.1: overlong forms, surrogates, beyond the last character, a lone byte, cut short. */
  @ParameterizedTest
  @ValueSource(strings = {"fffe", "c0af", "e080af", "eda080", "f4908080", "80", "c3", "61f09f98"})
  void invalidUtf8IsClosedWith1007AtEverySplit(String hex) throws Exception {
    byte[] bad = HexFormat.of().parseHex(hex);
    client.frame(FINAL | TEXT, bad);
    assertThat(client.closeCode()).isEqualTo(1007);
    try (RawWebSocket other = RawWebSocket.open(port.port())) {
      for (int i = 0; i < bad.length; i++) {
        other.frame((i == bad.length - 1 ? FINAL : 0) | (i == 0 ? TEXT : CONTINUATION), bad[i]);
      }
      assertThat(other.closeCode()).isEqualTo(1007);
    }
  }

  /** 5.1 to 5.5: frames that no client may send, whole and as bytes. */
  @ParameterizedTest
  @CsvSource({
    "an unmasked frame,                       810161",
    "an unmasked control frame,               8900",
    "the first reserved bit,                  c18101020304",
    "the second reserved bit,                 a18101020304",
    "the third reserved bit,                  918101020304",
    "the reserved data opcode 3,              838001020304",
    "the reserved data opcode 7,              878001020304",
    "the reserved control opcode 11,          8b8001020304",
    "the reserved control opcode 15,          8f8001020304",
    "a fragmented ping,                       098001020304",
    "a fragmented close,                      088001020304",
    "a ping of 126 bytes,                     89fe007e01020304",
    "a length written longer than needed,     81fe007d01020304",
    "a 64-bit length longer than needed,      81ff000000000000ffff01020304",
    "a negative length,                       81ffffffffffffffffff01020304",
    "a continuation of nothing,               808001020304",
    "a close with half a code,                88810102030402",
    "a message that begins inside another,    018001020304818001020304",
  })
  void forbiddenFramesAreClosedWith1002(String what, String hex) throws Exception {
    client.bytes(HexFormat.of().parseHex(hex)).bytes(new byte[200]);
    assertThat(client.closeCode()).as(what).isEqualTo(1002);
  }

  /** 7.4: which codes may be in a close frame; those come back, others are a wrong frame. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 4000, 4999})
  void aCloseCodeThatMayBeSentComesBack(int code) throws Exception {
    client.frame(FINAL | CLOSE, (byte) (code >> 8), (byte) code, (byte) 'x');
    assertThat(client.closeCode()).isEqualTo(code);
    assertThat(client.read()).isNull();
    assertThat(EchoPort.next(port.heard)).isEqualTo("closed " + code);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535})
  void aCloseCodeThatMayNotBeSentIsClosedWith1002(int code) throws Exception {
    client.frame(FINAL | CLOSE, (byte) (code >> 8), (byte) code);
    assertThat(client.closeCode()).isEqualTo(1002);
  }

  /** 5.5.1: nothing counts after a close frame. */
  @Test
  void framesAfterACloseAreIgnored() throws Exception {
    client.frame(FINAL | CLOSE, (byte) 3, (byte) 0xE8).frame(FINAL | TEXT, "too late");
    assertThat(client.closeCode()).isEqualTo(1000);
    assertThat(client.read()).isNull();
    assertThat(EchoPort.next(port.heard)).isEqualTo("closed 1000");
    assertThat(port.heard).isEmpty();
  }

  @Test
  void aCloseReasonThatIsNotUtf8IsClosedWith1007() throws Exception {
    client.frame(FINAL | CLOSE, (byte) 3, (byte) 0xE8, (byte) 0xFF);
    assertThat(client.closeCode()).isEqualTo(1007);
  }

  /** Announced is enough: nothing has to be collected to know that it is too much. */
  @Test
  void aFrameThatAnnouncesTooMuchIsClosedWith1009() throws Exception {
    client.bytes(HexFormat.of().parseHex("81ff00000000000186a101020304"));
    assertThat(client.closeCode()).isEqualTo(1009);
  }

  @Test
  void fragmentsWithoutEndAreClosedWith1009() throws Exception {
    client.frame(TEXT, "");
    byte[] more = new byte[30_000];
    java.util.Arrays.fill(more, (byte) 'x');
    for (int i = 0; i < 4; i++) {
      client.frame(CONTINUATION, more);
    }
    assertThat(client.closeCode()).isEqualTo(1009);
  }

  @Test
  void binaryMessagesAreClosedWith1003() throws Exception {
    client.frame(BINARY, (byte) 1);
    assertThat(client.closeCode()).isEqualTo(1003);
  }

  /** A byte at a time is slow, and nothing else. */
  @Test
  void aFrameMayComeByteByByte() throws Exception {
    for (byte next :
        RawWebSocket.encoded(FINAL | TEXT, "drop by drop".getBytes(StandardCharsets.UTF_8))) {
      client.bytes(next);
    }
    assertThat(client.next()).satisfies(is("drop by drop"));
  }

  /** 5.5.3: only the newest ping needs an answer, so a peer that never reads gets no more. */
  @Test
  void pingsOfAClientThatReadsNothingAreNotKept() throws Exception {
    byte[] ping = RawWebSocket.encoded(FINAL | PING, new byte[125]);
    byte[] many = new byte[ping.length * 1_000];
    for (int i = 0; i < 1_000; i++) {
      System.arraycopy(ping, 0, many, i * ping.length, ping.length);
    }
    try (RawWebSocket deaf = RawWebSocket.openSmall(port.port())) {
      for (int i = 0; i < 300; i++) {
        deaf.bytes(many);
      }
      deaf.frame(FINAL | TEXT, "done");
      assertThat(EchoPort.next(port.heard)).isEqualTo("done");
      RawWebSocket.Frame frame = deaf.next();
      int pongs = 0;
      while (frame.first() == (FINAL | PONG)) {
        pongs++;
        frame = deaf.next();
      }
      assertThat(frame.text()).isEqualTo("done");
      assertThat(pongs).isBetween(1, 299_999);
    }
  }

  private static java.util.function.Consumer<RawWebSocket.Frame> is(String text) {
    return frame -> assertThat(frame.text()).isEqualTo(text);
  }
}
