using System.Collections.Immutable;

namespace VolunteerHub.Web.Platform.Live;

/// <summary>Something changed that open screens may show.</summary>
public abstract record News;

/// <summary>Something about a run changed; who shows it looks again.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ByAttendance">Whether only somebody came or went: nothing on the roster has to be followed up.</param>
public sealed record RunTouched(RunId RunId, bool ByAttendance = false) : News;

/// <summary>Something about people, teams or applications changed.</summary>
public sealed record PeopleTouched : News;

/// <summary>A remembered phone changed, or whether somebody serves.</summary>
public sealed record PhonesTouched : News;

/// <summary>A request came, or something was done with one.</summary>
public sealed record RequestsTouched : News;

/// <summary>Notices or messages came, went out, or were read.</summary>
public sealed record NoticesTouched : News;

/// <summary>Tells open screens of this process what was committed. Carries no data: whoever hears it loads what they may see.</summary>
public sealed class LiveBus(ILogger<LiveBus> log)
{
    private ImmutableArray<Subscription> _subscriptions = [];

    /// <summary>Calls <paramref name="handler"/> at each announcement until the answer is disposed. The handler must be quick.</summary>
    public IDisposable Subscribe(Action<News> handler)
    {
        var subscription = new Subscription(this, handler);
        ImmutableInterlocked.Update(ref _subscriptions, list => list.Add(subscription));
        return subscription;
    }

    public void Announce(News news)
    {
        foreach (var subscription in _subscriptions)
        {
            try
            {
                subscription.Handler(news);
            }
#pragma warning disable CA1031 // One screen that fails must not keep the news from the others, nor from who announces.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogError(failure, "A screen could not take the news {News}", news);
            }
        }
    }

    private sealed class Subscription(LiveBus bus, Action<News> handler) : IDisposable
    {
        public Action<News> Handler => handler;

        public void Dispose() => ImmutableInterlocked.Update(ref bus._subscriptions, list => list.Remove(this));
    }
}
