namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>A file that somebody sent, for as long as somebody works with it: deleted when the last lets go.</summary>
internal sealed class WorkFile(string path)
{
    private int _holders = 1;
    private int _released;

    public string Path => path;

    /// <summary>Keeps the file until the answer is disposed, also when the page is left meanwhile.</summary>
    public IDisposable Hold()
    {
        Interlocked.Increment(ref _holders);
        return new Held(this);
    }

    /// <summary>The page lets go; once more changes nothing.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) LetGo();
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0) File.Delete(path);
    }

    private sealed class Held(WorkFile file) : IDisposable
    {
        public void Dispose() => file.LetGo();
    }
}
