const notes = [{ id: 1, text: "milk" }, { id: 2, text: null }];

exports.list = async () => notes.map(({ id }) => id);
exports.find = async (id) => notes.find((note) => note.id === id);
exports.words = async (id) => {
  const note = await exports.find(id);
  return note.text.split(/\s+/).length;
};
exports.add = async (text) => {
  const note = { id: notes.length + 1, text };
  notes.push(note);
  return note;
};
