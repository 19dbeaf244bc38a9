// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.state.Blobs;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IamStateTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** IAM's records are small; they use none. */
  private static final Blobs NO_BLOBS =
      new Blobs() {
        @Override
        public String keep(Object of, Supplier<byte[]> content) {
          throw new UnsupportedOperationException();
        }

        @Override
        public byte[] load(String id) {
          throw new UnsupportedOperationException(id);
        }

        @Override
        public Optional<byte[]> find(String id, String what) {
          throw new UnsupportedOperationException(id);
        }
      };

  private final IamStore store = new IamStore(Tolerances.NONE);

  @Test
  void aFileWithRolesAndPoliciesOnlyIsRead() throws Exception {
    String older =
        """
        {"roles": [{"name": "r", "path": "/", "id": "AROA1",
          "arn": "arn:aws:iam::111111111111:role/r", "created": "2026-01-01T00:00:00Z",
          "trust": "{}", "description": "", "described": false, "maxSessionSeconds": 3600,
          "boundary": null, "tags": {}, "inline": {}, "attached": []}],
         "policies": []}
        """;

    new IamState(store).restore(Json.MAPPER.readTree(older), NO_BLOBS);

    assertThat(store.role("r").identity.id()).isEqualTo("AROA1");
    assertThat(store.users.all()).isEmpty();
  }

  @Test
  void usersWithTheirKeysGroupsAndProfilesAreReadBack() {
    var user = new IamUser(new IamIdentity("u", "/", "AIDA1", "arn:u", START));
    user.keys.put(
        "AKIA1",
        new UserKey("AKIA1", "secret", START, true, new UserKey.Use(START, "sqs", "us-east-1")));
    user.login = new LoginProfile(START, true);
    user.boundary = "arn:boundary";
    store.users.put("u", user);
    var group = new IamGroup(new IamIdentity("g", "/", "AGPA1", "arn:g", START));
    group.members.add("u");
    group.inline.put("p", "{}");
    store.groups.put("g", group);
    store.exclusively(() -> store.alias = "chat");
    store.deletedKeys.add("AKIA2");

    var restored = new IamStore(Tolerances.NONE);
    new IamState(restored).restore(new IamState(store).save(NO_BLOBS), NO_BLOBS);

    IamUser found = restored.users.get("u");
    assertThat(found.keys).isEqualTo(user.keys);
    assertThat(found.login).isEqualTo(user.login);
    assertThat(found.boundary).isEqualTo("arn:boundary");
    assertThat(restored.groupsOf(found)).hasSize(1);
    assertThat(restored.groups.get("g").inline).containsEntry("p", "{}");
    assertThat(restored.alias).isEqualTo("chat");
    assertThat(restored.deletedKeys).containsExactly("AKIA2");
  }
}
