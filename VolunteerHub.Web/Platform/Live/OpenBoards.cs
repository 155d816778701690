namespace VolunteerHub.Web.Platform.Live;

/// <summary>Who has a roster open right now, so that two who edit the same one know of each other. Kept in memory only.</summary>
public sealed class OpenBoards
{
    private readonly Lock _gate = new();
    private readonly List<OpenBoard> _open = [];

    /// <summary>Somebody opens a board; it is closed when the answer is disposed.</summary>
    /// <param name="who">Who opens it.</param>
    /// <param name="name">By which the others see them.</param>
    /// <param name="changed">Called when others come, go, or look at other runs. Must be quick.</param>
    public OpenBoard Open(VolunteerId who, string name, Action changed)
    {
        var board = new OpenBoard(this, who, name, changed);
        lock (_gate) _open.Add(board);
        return board;
    }

    internal void Show(OpenBoard board, IReadOnlySet<RunId> runs)
    {
        lock (_gate)
        {
            if (board.Runs.SetEquals(runs)) return;
            board.Runs = runs;
        }

        Tell(board);
    }

    internal void Close(OpenBoard board)
    {
        lock (_gate)
        {
            if (!_open.Remove(board)) return;
        }

        Tell(board);
    }

    internal IReadOnlyList<string> Beside(OpenBoard board)
    {
        lock (_gate)
            return [.. _open.Where(o => o.Who != board.Who && o.Runs.Overlaps(board.Runs)).DistinctBy(o => o.Who).Select(o => o.Name)];
    }

    private void Tell(OpenBoard from)
    {
        List<OpenBoard> others;
        lock (_gate) others = _open.FindAll(o => o != from);
        foreach (var other in others) other.Changed();
    }
}

/// <summary>One open board of one person.</summary>
public sealed class OpenBoard : IDisposable
{
    private readonly OpenBoards _boards;

    internal OpenBoard(OpenBoards boards, VolunteerId who, string name, Action changed) => (_boards, Who, Name, Changed) = (boards, who, name, changed);

    internal VolunteerId Who { get; }

    internal string Name { get; }

    internal Action Changed { get; }

    internal IReadOnlySet<RunId> Runs { get; set; } = new HashSet<RunId>();

    /// <summary>Names of the others who have one of the same runs open, in order of their coming.</summary>
    public IReadOnlyList<string> Others => _boards.Beside(this);

    /// <summary>The board shows these runs now.</summary>
    public void Show(IReadOnlySet<RunId> runs) => _boards.Show(this, runs);

    public void Dispose() => _boards.Close(this);
}
