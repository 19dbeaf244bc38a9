// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.message;

import dev.syncline.sim.kernel.JournalRecord;

/**
 * A message that AWS would have sent. It is the one event that has a code or a temporary password,
 * so that a test of a sign-in can read it.
 *
 * @param pool the id of the pool
 * @param user the user name
 * @param kind as in the source of the CustomMessage trigger, such as {@code SignUp}
 * @param medium {@code EMAIL} or {@code SMS}
 * @param destination the full address
 * @param subject of an e-mail; empty for SMS
 * @param text with the code in it
 * @param code the code or the temporary password
 */
public record MessageSent(
    String pool,
    String user,
    String kind,
    String medium,
    String destination,
    @OmitEmpty String subject,
    String text,
    String code)
    implements JournalRecord {
  @Override
  public String source() {
    return "cognito";
  }
}
