// The controls of a piece that have an element of their own, each made by its kind. Those that live in a view, as points
// do, have none.

// {name, place, element, card?, wide?, show(value), refuse?(reason)} for each.
export function makeControls(store) {
  return store.spec.controls.filter(({ place }) => place !== "view").map((control) => {
    const made = store.kinds.controls[control.kind].default(control, store);
    const place = control.group ? "group" : control.row ? "row" : control.place;
    const { name, row, group = "", needs } = control;
    return { name, row, group, needs, place, ...made };
  });
}
