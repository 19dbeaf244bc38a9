// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.servicetests.ServiceContractTest;

class SqsRoomTest extends ServiceContractTest {}
