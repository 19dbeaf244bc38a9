// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.dynamodbstreams;

import org.jspecify.annotations.NullMarked;
