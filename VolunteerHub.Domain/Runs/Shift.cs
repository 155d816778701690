namespace VolunteerHub.Domain.Runs;

/// <summary>班次: a time slot of a run, with the posts to fill in it.</summary>
public sealed class Shift
{
    private readonly List<Post> _posts = [];

    private Shift() { }

    internal Shift(TimeSlot slot) => (Id, Start, End) = (ShiftId.New(), slot.Start, slot.End);

    public ShiftId Id { get; private set; }

    public DateTimeOffset Start { get; private set; }

    public DateTimeOffset End { get; private set; }

    public TimeSlot Slot => new(Start, End);

    public IReadOnlyList<Post> Posts => _posts;

    internal void MoveTo(TimeSlot slot) => (Start, End) = (slot.Start, slot.End);

    internal void Add(Post post) => _posts.Add(post);

    internal void Remove(Post post) => _posts.Remove(post);
}
