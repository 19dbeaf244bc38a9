// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends codes and temporary passwords. Nothing leaves the simulator: each message is an event in
 * the journal. Thread-safe.
 */
public interface UserMessages {
  /**
   * A message.
   *
   * @param kind the part of the CustomMessage trigger's source after the underscore, such as {@code
   *     SignUp}
   * @param clientId null for operations of administrators
   * @param attribute {@code email} or {@code phone_number}
   * @param destination the full address
   * @param secret the code or the temporary password
   */
  record Message(
      UserPool pool,
      @Nullable String clientId,
      PoolUser user,
      String kind,
      String attribute,
      String destination,
      String secret,
      Map<String, String> clientMetadata) {}

  /**
   * Sends it, with the text of the CustomMessage trigger if the pool has one.
   *
   * @return {@code CodeDeliveryDetails}: AttributeName, DeliveryMedium, masked Destination
   */
  ObjectNode send(Message message);
}
