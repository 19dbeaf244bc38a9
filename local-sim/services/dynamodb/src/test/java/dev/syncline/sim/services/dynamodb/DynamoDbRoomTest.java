// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.servicetests.ServiceContractTest;

class DynamoDbRoomTest extends ServiceContractTest {}
