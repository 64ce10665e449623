// A package of this folder, so that it can be installed without a network.
exports.letter = (to) => `Dear ${to}, your order is on its way.`;
