// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.work.aws;

import org.jspecify.annotations.NullMarked;
